// A PNG that counts as a photograph by its size: grain on a gradient.
import { deflateSync } from 'node:zlib';

export function photograph(width, height) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  let noise = 1;
  for (let y = 0, at = 0; y < height; ++y) {
    rows[at++] = 0; // no filter
    for (let x = 0; x < width; ++x) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
      const grain = noise >>> 27;
      rows[at++] = (x * 200) / width + grain;
      rows[at++] = (y * 200) / height + grain;
      rows[at++] = 90 + grain;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bits a channel, true color
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

// The CRC of PNG; Node 18's zlib does not export its own.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(name, bytes) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
