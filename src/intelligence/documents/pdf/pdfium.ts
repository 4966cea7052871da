import { PDFiumModule } from '@hyzyla/pdfium';

/** The part of PDFium's C interface that we call; the package ships all of it but types only what it wraps. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  _malloc(size: number): number;
  _free(pointer: number): void;
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetSecurityHandlerRevision(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDF_GetPageBoundingBox(page: number, rectangle: number): number;
  _FPDFPage_GetRotation(page: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFPageObj_GetFillColor(object: number, red: number, green: number, blue: number, alpha: number): number;
  _FPDFPageObj_SetIsActive(object: number, isActive: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPath_GetDrawMode(path: number, fillMode: number, stroke: number): number;
  _FPDFPage_GetAnnotCount(page: number): number;
  _FPDFPage_GetAnnot(page: number, index: number): number;
  _FPDFPage_CloseAnnot(annotation: number): void;
  _FPDFAnnot_GetSubtype(annotation: number): number;
  _FPDFAnnot_GetRect(annotation: number, rectangle: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(textPage: number): void;
  _FPDFText_CountChars(textPage: number): number;
  _FPDFText_GetUnicode(textPage: number, index: number): number;
  _FPDFText_IsGenerated(textPage: number, index: number): number;
  _FPDFText_HasUnicodeMapError(textPage: number, index: number): number;
  _FPDFText_GetTextObject(textPage: number, index: number): number;
  _FPDFText_GetFontSize(textPage: number, index: number): number;
  _FPDFText_GetFontWeight(textPage: number, index: number): number;
  _FPDFText_GetMatrix(textPage: number, index: number, matrix: number): number;
  _FPDFText_GetFillColor(textPage: number, index: number, red: number, green: number, blue: number, alpha: number): number;
  _FPDFText_GetLooseCharBox(textPage: number, index: number, rectangle: number): number;
  _FPDFText_GetCharOrigin(textPage: number, index: number, x: number, y: number): number;
  _FPDFText_GetFontInfo(textPage: number, index: number, buffer: number, length: number, flags: number): number;
  _FPDFTextObj_GetTextRenderMode(object: number): number;
  _FPDFDoc_GetAttachmentCount(document: number): number;
  _FPDFDoc_GetAttachment(document: number, index: number): number;
  _FPDFAttachment_GetName(attachment: number, buffer: number, length: number): number;
  _FPDFAttachment_GetFile(attachment: number, buffer: number, length: number, outLength: number): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number;
  _FPDFDOC_ExitFormFillEnvironment(form: number): void;
  _FPDF_FFLDraw(
    form: number,
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
}

let loading: Promise<Pdfium> | undefined;

/** PDFium as WebAssembly, once per process: a hostile file can reach nothing but its own memory. */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= (async () => {
    const pdfium = (await PDFiumModule({})) as unknown as Pdfium;
    pdfium._FPDF_InitLibrary();
    return pdfium;
  })();
  return loading;
}

/** Runs `body` with `size` bytes of PDFium's memory, and gives them back. */
export function withMemory<T>(pdfium: Pdfium, size: number, body: (pointer: number) => T): T {
  const pointer = pdfium._malloc(size);
  try {
    return body(pointer);
  } finally {
    pdfium._free(pointer);
  }
}

/** An open PDF. Whoever opened it closes it. */
export interface OpenPdf {
  readonly pdfium: Pdfium;
  readonly document: number;
  readonly pageCount: number;
  close(): void;
}

/** PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY: a password or a handler that we do not have. */
const passwordErrors = new Set([4, 5]);

/** Opens a PDF with the empty user password, which also opens files that only have an owner password. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf | 'encrypted' | 'unopenable'> {
  const pdfium = await loadPdfium();
  const data = pdfium._malloc(bytes.length);
  if (data === 0) return 'unopenable';
  pdfium.HEAPU8.set(bytes, data);
  const document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0);
  if (document === 0) {
    const reason = pdfium._FPDF_GetLastError();
    pdfium._free(data);
    return passwordErrors.has(reason) ? 'encrypted' : 'unopenable';
  }
  return {
    pdfium,
    document,
    pageCount: pdfium._FPDF_GetPageCount(document),
    close() {
      pdfium._FPDF_CloseDocument(document);
      pdfium._free(data);
    },
  };
}

/** Runs `body` on one page (from 0); null when the page cannot be loaded. */
export async function withPage<T>(pdf: OpenPdf, index: number, body: (page: number) => T | Promise<T>): Promise<T | null> {
  const page = pdf.pdfium._FPDF_LoadPage(pdf.document, index);
  if (page === 0) return null;
  try {
    return await body(page);
  } finally {
    pdf.pdfium._FPDF_ClosePage(page);
  }
}
