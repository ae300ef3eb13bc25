import type { TemplateData, TemplateName } from './templates.ts';

/** Lays out the letters of the administration as PDF, in Arabic and French. */
export interface PdfRenderer {
  /**
   * Renders one letter. Every text of `data` prints literally, but for characters without a shape.
   * @throws Error when the data lack what the template prints, or after 30 seconds.
   */
  render<T extends TemplateName>(template: T, data: TemplateData[T]): Promise<Buffer>;
  /** Ends the worker; later calls to `render` are refused. */
  close(): Promise<void>;
}
