import DxfParser from 'dxf-parser';
import { type Scene, sceneOf } from './dxfScene.ts';

/** What the thread answers: the drawing, or that it is none. */
export type DxfAnswer = { scene: Scene } | { fault: string };

const CODE_PAGES: Record<string, string> = {
  ANSI_1256: 'windows-1256',
  ANSI_1252: 'windows-1252',
  ANSI_1250: 'windows-1250',
  ANSI_1251: 'windows-1251',
};

/** Older drawings are written in the alphabet of their office, newer ones in UTF-8. */
function textOf(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 8000));
  const version = /\$ACADVER\s+1\s+(AC\d{4})/.exec(head)?.[1] ?? '';
  const page = /\$DWGCODEPAGE\s+3\s+(\S+)/.exec(head)?.[1]?.toUpperCase() ?? '';
  if (version !== '' && version < 'AC1021' && CODE_PAGES[page] !== undefined) {
    return new TextDecoder(CODE_PAGES[page]).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(CODE_PAGES[page] ?? 'windows-1256').decode(bytes);
  }
}

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  let answer: DxfAnswer;
  try {
    const dxf = new DxfParser().parseSync(textOf(data));
    if (dxf === null) throw new Error('no drawing');
    answer = { scene: sceneOf(dxf) };
  } catch (error) {
    answer = { fault: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  const buffers =
    'scene' in answer
      ? answer.scene.strokes.flatMap(({ points, starts }) => [points.buffer, starts.buffer])
      : [];
  self.postMessage(answer, { transfer: buffers as ArrayBuffer[] });
};
