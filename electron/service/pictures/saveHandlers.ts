import path from 'node:path';
import { failed } from '../../../shared/result';
import { isSameFile } from '../../files/isSameFile';
import type { ServiceState } from '../serviceState';
import type { PictureHandlers } from './pictureHandlers';
import { saveContent } from './saveContent';

/** Files of paintings, palettes and segmentations. */
export function saveHandlers(state: ServiceState): Pick<PictureHandlers, 'picture.save'> {
  const { grants, pictures } = state;
  return {
    'picture.save': async ({ file, content }, { signal }) => {
      const granted = grants.path(file, 'write');
      if (!granted.ok) return granted;
      const target = granted.value;
      for (const original of pictures.openFiles()) {
        if (await isSameFile(original, target))
          return failed({ kind: 'wouldReplaceOriginal', file: path.basename(target) });
      }
      return saveContent(target, content, state, signal);
    },
  };
}
