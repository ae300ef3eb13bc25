import { NotDrawable, type Sheets } from './sheet.ts';

const MOST_PIXELS = 100_000_000;

/** Opens a PNG or a JPEG. */
export async function openImage(blob: Blob): Promise<Sheets> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new NotDrawable('broken', { cause });
  }
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) {
    bitmap.close();
    throw new NotDrawable('size');
  }
  return {
    pages: 1,
    unit: null,
    layers: null,
    size: async () => ({ width, height }),
    async draw(_page, canvas, view, density) {
      const context = canvas.getContext('2d');
      if (context === null) return;
      const scale = view.scale * density;
      const [w, h] = view.turn % 180 === 0 ? [width, height] : [height, width];
      context.translate(view.x * density + (w * scale) / 2, view.y * density + (h * scale) / 2);
      context.rotate((view.turn * Math.PI) / 180);
      context.scale(scale, scale);
      context.imageSmoothingQuality = 'high';
      context.fillStyle = '#fff';
      context.fillRect(-width / 2, -height / 2, width, height);
      context.drawImage(bitmap, -width / 2, -height / 2);
      context.setTransform(1, 0, 0, 1, 0, 0);
    },
    close: () => bitmap.close(),
  };
}
