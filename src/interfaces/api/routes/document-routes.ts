import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DeskhandError } from '#domain/errors';
import { getDocument, getDocumentOriginal, getPageImage, getPageWords } from '#orchestration';
import { interfaceErrors } from '../../errors.ts';
import { answerOnce } from '../answer-once.ts';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { documentDetail, uploadResult, wordList } from '../contract.ts';
import { idempotencyHeaders, idParams, problems } from './route-schemas.ts';

/** All files of one upload together. A mailbox export or a morning's scans fit; more goes by folder or IMAP. */
export const uploadLimitBytes = 50 * 1024 * 1024;
export const uploadLimitFiles = 100;

const pageParams = idParams.extend({ page: z.coerce.number().int().min(1).max(100_000) });
const bytes = z.any().describe('The bytes.');

export function documentRoutes(app: Api, { office, commands }: ApiContext): void {
  app.post(
    '/v1/documents',
    {
      bodyLimit: uploadLimitBytes,
      schema: {
        tags: ['documents'],
        summary: 'Hand in documents; .eml and .mbox are mail',
        description: 'Up to 100 files and 50 MB together. Answered once they are stored; reading follows and shows in the messages.',
        consumes: ['multipart/form-data'],
        headers: idempotencyHeaders,
        response: { 202: uploadResult, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const files = await receiveFiles(request);
      return await answerOnce(office, actor, request, reply, {
        status: 202,
        fingerprint: files.flatMap(({ fileName, bytes: content }) => [fileName, content]),
        run: async () => ({ messages: [...(await commands.uploadFiles(office, actor, { files }))] }),
      });
    },
  );
  app.get(
    '/v1/documents/:id',
    {
      schema: {
        tags: ['documents'],
        summary: 'One document and its pages',
        params: idParams,
        response: { 200: documentDetail, ...problems },
      },
    },
    (request) => getDocument(office, actorOf(request), request.params.id),
  );
  app.get(
    '/v1/documents/:id/original',
    {
      schema: {
        tags: ['documents'],
        summary: 'The file as it came',
        params: idParams,
        produces: ['application/octet-stream'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const original = await getDocumentOriginal(office, actorOf(request), request.params.id);
      return reply
        .type('application/octet-stream')
        .header('content-disposition', attachment(original.fileName))
        .header('cache-control', 'private, no-cache')
        .header('etag', `"${original.sha256}"`)
        .serializer(identity)
        .send(Buffer.from(original.bytes));
    },
  );
  app.get(
    '/v1/documents/:id/pages/:page/image',
    {
      schema: {
        tags: ['documents'],
        summary: 'A page as a picture, upright',
        params: pageParams,
        produces: ['image/webp'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { id, page } = request.params;
      const { sha256, image } = await getPageImage(office, actorOf(request), { documentId: id, page });
      return reply
        .type(image.mediaType)
        .header('cache-control', 'private, max-age=86400, immutable')
        .header('etag', `"${sha256}-${page}"`)
        .serializer(identity)
        .send(Buffer.from(image.bytes));
    },
  );
  app.get(
    '/v1/documents/:id/pages/:page/words',
    {
      schema: {
        tags: ['documents'],
        summary: 'Words of a page with their boxes',
        params: pageParams,
        response: { 200: wordList, ...problems },
      },
    },
    (request) => getPageWords(office, actorOf(request), { documentId: request.params.id, page: request.params.page }),
  );
}

/** Reads the files of a multipart body, refusing as soon as the limit is passed. */
async function receiveFiles(request: FastifyRequest): Promise<{ fileName: string; bytes: Buffer }[]> {
  if (!request.isMultipart()) {
    throw new DeskhandError(interfaceErrors.mediaTypeUnsupported, 'Send the files as multipart/form-data, one part a file.');
  }
  const files: { fileName: string; bytes: Buffer }[] = [];
  let total = 0;
  for await (const part of request.files()) {
    const content = await part.toBuffer();
    total += content.length;
    if (total > uploadLimitBytes) {
      throw new DeskhandError(interfaceErrors.tooLarge, 'One upload may hold 50 MB. Send the files in several uploads.');
    }
    files.push({ fileName: part.filename === '' ? 'unnamed' : part.filename, bytes: content });
  }
  if (files.length === 0) throw new DeskhandError(interfaceErrors.requestInvalid, 'There was no file in the upload.');
  return files;
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
function attachment(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7E]|["\\]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function identity(payload: unknown): string {
  return payload as string;
}
