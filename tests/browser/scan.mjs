// Reads the code on a paper as whoever points a telephone at it: the page is drawn by poppler and read by jsQR, neither of which shares a line
// with what draws it.
import { execFileSync } from 'node:child_process';
import jsqr from 'jsqr';

/** As fine as a cheap printer, and nearer: a telephone looks many times as well. */
const dotsPerInch = [150, 110, 130, 180, 200, 240, 300];
/** Of one page: far more than A4 at that measure. */
const pictureMaxBytes = 64 << 20;

/** "P6 WIDTH HEIGHT 255" and three bytes a dot. */
function dotsOf(picture) {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 64).toString('latin1'));
  if (!head) throw new Error('no picture was drawn');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const dots = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; ++i) for (let c = 0; c < 3; ++c) dots[i * 4 + c] = picture[head[0].length + i * 3 + c];
  return { dots, width, height };
}

const pagesOf = (pdf) => Number(/^Pages:\s+(\d+)/m.exec(execFileSync('pdfinfo', ['-'], { input: pdf }).toString())[1]);

function codeOnPage(pdf, page, dotsAnInch) {
  const drawn = execFileSync('pdftoppm', ['-r', String(dotsAnInch), '-f', String(page), '-l', String(page), '-'], { input: pdf, maxBuffer: pictureMaxBytes });
  const { dots, width, height } = dotsOf(drawn);
  return jsqr(dots, width, height);
}

/** What the code on the paper says, on whichever page it stands; empty when none is found. */
export function codeOnPaper(pdf) {
  for (const dots of dotsPerInch) {
    for (let page = 1; page <= pagesOf(pdf); ++page) {
      const found = codeOnPage(pdf, page, dots);
      if (found) return found.data;
    }
  }
  return '';
}

/** What stands on the paper, in reading order. */
export const textOfPaper = (pdf) => execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf }).toString('utf8');
