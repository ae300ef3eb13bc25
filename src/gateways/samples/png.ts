import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];

// Letters of the word every sample bears, five columns by seven lines each.
const GLYPHS: Record<string, string> = {
  S: '01111100001000001110000010000111110',
  P: '11110100011000111110100001000010000',
  E: '11111100001000011110100001000011111',
  C: '01110100011000010000100001000101110',
  I: '01110001000010000100001000010001110',
  M: '10001110111010110101100011000110001',
  N: '10001110011010110011100011000110001',
};

/** A picture to draw on, in true colour. */
export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Buffer;

  constructor(width: number, height: number, background: Colour) {
    this.width = width;
    this.height = height;
    this.#pixels = Buffer.alloc(width * height * 3);
    this.rectangle(0, 0, width, height, background);
  }

  dot(x: number, y: number, colour: Colour): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    this.#pixels.set(colour, (Math.floor(y) * this.width + Math.floor(x)) * 3);
  }

  rectangle(left: number, top: number, width: number, height: number, colour: Colour): void {
    for (let y = Math.floor(top); y < top + height; y += 1) {
      for (let x = Math.floor(left); x < left + width; x += 1) this.dot(x, y, colour);
    }
  }

  frame(left: number, top: number, width: number, height: number, thick: number, colour: Colour): void {
    this.rectangle(left, top, width, thick, colour);
    this.rectangle(left, top + height - thick, width, thick, colour);
    this.rectangle(left, top, thick, height, colour);
    this.rectangle(left + width - thick, top, thick, height, colour);
  }

  hatch(left: number, top: number, width: number, height: number, gap: number, colour: Colour): void {
    for (let y = Math.floor(top); y < top + height; y += 1) {
      for (let x = Math.floor(left); x < left + width; x += 1) if ((x + y) % gap < 2) this.dot(x, y, colour);
    }
  }

  text(word: string, left: number, top: number, size: number, colour: Colour): void {
    [...word].forEach((letter, index) => {
      [...(GLYPHS[letter] ?? '')].forEach((bit, place) => {
        if (bit === '0') return;
        const x = left + (index * 6 + (place % 5)) * size;
        this.rectangle(x, top + Math.floor(place / 5) * size, size, size, colour);
      });
    });
  }

  /** Encodes the picture as PNG. */
  encode(): Buffer {
    const lines = Buffer.alloc((this.width * 3 + 1) * this.height);
    for (let y = 0; y < this.height; y += 1) {
      const row = this.#pixels.subarray(y * this.width * 3, (y + 1) * this.width * 3);
      row.copy(lines, y * (this.width * 3 + 1) + 1);
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(lines, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
