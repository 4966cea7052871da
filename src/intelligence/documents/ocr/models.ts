import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as onnx from 'onnxruntime-node';

/** The text detector, the recognizer and the characters the recognizer knows. */
export interface OcrModels {
  readonly detector: onnx.InferenceSession;
  readonly recognizer: onnx.InferenceSession;
  /** By class of the recognizer's output. */
  readonly characters: readonly string[];
}

/** `models/ocr`, from the sources and from `dist` alike. */
const folder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../../models/ocr/' : '../../../../../models/ocr/', import.meta.url),
);

let loading: Promise<OcrModels> | undefined;

/** Loads the models once per process, about 0.2 s and 60 MB. */
export function loadOcrModels(): Promise<OcrModels> {
  loading ??= load();
  return loading;
}

async function load(): Promise<OcrModels> {
  forbidTelemetry();
  const options: onnx.InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    // One process per core: more threads would only fight each other.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // The arena keeps the largest picture's memory forever; without it a reader falls back to its resting size.
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 3,
  };
  return {
    detector: await onnx.InferenceSession.create(`${folder}PP-OCRv6_det_small.onnx`, options),
    recognizer: await onnx.InferenceSession.create(`${folder}PP-OCRv6_rec_small_int8_head.onnx`, options),
    characters: toClasses(await readFile(`${folder}characters.txt`, 'utf8')),
  };
}

/**
 * ONNX Runtime reports to mobile.events.data.microsoft.com since 1.29, unless this is set before its first session (its
 * pull request 27379). Nothing leaves the machine: tests/journeys/offline.test.ts counts it.
 */
function forbidTelemetry(): void {
  // oxlint-disable-next-line node/no-process-env -- the library reads the environment and knows no other way
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

/**
 * Classes of the recognizer: 0 is the CTC blank, then the dictionary line by line, then the space. Without the first or
 * the last every character is off by one, at 0.99 confidence; a golden test holds this.
 */
export function toClasses(dictionary: string): string[] {
  return ['', ...dictionary.split('\n'), ' '];
}
