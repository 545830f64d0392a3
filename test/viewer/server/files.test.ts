import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { fileIn } from '../../../viewer/server/files';
import { temporaryFolders } from '../helpers/folder';

const folder = temporaryFolders();

test('a path names a file inside of the folder or nothing', () => {
  const root = path.join(folder(), 'public');
  fs.mkdirSync(path.join(root, 'sub'), { recursive: true });
  fs.writeFileSync(path.join(root, 'sub/a.txt'), '');
  fs.writeFileSync(path.join(root, '../secret.txt'), '');
  fs.mkdirSync(`${root}-other`);
  fs.writeFileSync(`${root}-other/b.txt`, '');

  expect(fileIn(root, 'sub/a.txt')).toBe(path.join(root, 'sub/a.txt'));
  expect(fileIn(root, 'sub/../sub/a.txt')).toBe(path.join(root, 'sub/a.txt'));
  for (const outside of [
    '../secret.txt',
    'sub/../../secret.txt',
    path.join(root, '../secret.txt'),
    '../public-other/b.txt',
    'sub',
    '',
    'none.txt',
    'sub/a.txt\0.html',
  ])
    expect(fileIn(root, outside)).toBeUndefined();
});
