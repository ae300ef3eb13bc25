import type { DxfAnswer } from './dxf.worker.ts';
import type { Scene } from './dxfScene.ts';
import type { View } from './geometry.ts';
import { NotDrawable, type Sheets } from './sheet.ts';

const PATIENCE_MS = 30_000;
/** Letters lower than this, in pixels, are drawn as a line: nobody could read them. */
const LEGIBLE = 3;
const INK = '#1b1a18';

/** Opens a drawing; it is read in a thread of its own, which is ended when it takes too long. */
export async function openDxf(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Sheets> {
  const scene = await read(bytes, signal);
  const paths = scene.strokes.map((strokes) => ({
    ...strokes,
    path: pathOf(strokes.points, strokes.starts),
  }));
  const layers = scene.layers.map((layer) => ({ ...layer }));
  return {
    pages: 1,
    unit: scene.mm === null ? null : { mm: scene.mm, of: 'world' },
    layers: layers.length > 1 ? layers : null,
    size: async () => ({ width: scene.width, height: scene.height }),
    async draw(_page, canvas, view, density) {
      const context = canvas.getContext('2d');
      if (context === null) return;
      const shown = new Set(layers.filter((one) => one.shown).map(({ name }) => name));
      lay(context, scene, view, density);
      context.lineJoin = 'round';
      for (const { layer, colour, filled, path } of paths) {
        if (!shown.has(layer)) continue;
        context.strokeStyle = colour ?? INK;
        context.lineWidth = 1.1 / view.scale;
        context.stroke(path);
        if (filled) {
          context.fillStyle = colour ?? INK;
          context.fill(path);
        }
      }
      const legible = LEGIBLE / view.scale;
      for (const one of scene.letters) {
        if (!shown.has(one.layer) || one.height < legible) continue;
        context.save();
        context.translate(one.x, one.y);
        context.rotate((-one.rotation * Math.PI) / 180);
        context.scale(one.height / 72, one.height / 72);
        context.font = '100px "IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';
        context.textAlign = one.align;
        context.textBaseline = one.base;
        context.fillStyle = one.colour ?? INK;
        context.fillText(one.text, 0, 0);
        context.restore();
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
    },
    close: () => undefined,
  };
}

function lay(context: CanvasRenderingContext2D, { width, height }: Scene, view: View, density: number): void {
  const scale = view.scale * density;
  const [w, h] = view.turn % 180 === 0 ? [width, height] : [height, width];
  context.translate(view.x * density + (w * scale) / 2, view.y * density + (h * scale) / 2);
  context.rotate((view.turn * Math.PI) / 180);
  context.scale(scale, scale);
  context.translate(-width / 2, -height / 2);
  const margin = Math.max(width, height) * 0.01;
  context.fillStyle = '#fff';
  context.fillRect(-margin, -margin, width + 2 * margin, height + 2 * margin);
}

function pathOf(points: Float64Array, starts: Uint32Array): Path2D {
  const path = new Path2D();
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? points.length / 2;
    path.moveTo(points[2 * start] as number, points[2 * start + 1] as number);
    for (let at = start + 1; at < end; at += 1)
      path.lineTo(points[2 * at] as number, points[2 * at + 1] as number);
  }
  return path;
}

function read(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Scene> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./dxf.worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => {
      clearTimeout(timer);
      worker.terminate();
    };
    const timer = setTimeout(() => {
      end();
      reject(new NotDrawable('size'));
    }, PATIENCE_MS);
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.onmessage = ({ data }: MessageEvent<DxfAnswer>) => {
      end();
      if ('scene' in data) resolve(data.scene);
      else reject(new NotDrawable('broken', { cause: data.fault }));
    };
    worker.onerror = (event) => {
      end();
      reject(new NotDrawable('broken', { cause: event.message }));
    };
    worker.postMessage(bytes, [bytes.buffer]);
  });
}
