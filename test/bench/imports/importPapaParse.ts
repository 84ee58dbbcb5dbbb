import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { serve } from '../serve';

// Bare PapaParse at its fastest: pieces of the file, no header, no types, rows counted and forgotten. Argument: file.
const [file] = process.argv.slice(2);

await serve('bare PapaParse', () => {
  return new Promise((resolve, reject) => {
    let rows = -1; // the header is one
    Papa.parse<string[]>(createReadStream(file), {
      skipEmptyLines: true,
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => resolve(rows),
      error: reject,
    });
  });
});
