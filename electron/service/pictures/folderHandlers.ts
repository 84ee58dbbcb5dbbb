import type { ServiceState } from '../serviceState';
import { batchFiles } from './batch/batchFiles';
import { findPictures } from './batch/findPictures';
import { runBatch } from './batch/runBatch';
import type { PictureHandlers } from './pictureHandlers';

/** Many pictures at once. */
export function folderHandlers({
  grants,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'folder.pictures' | 'folder.quantise'> {
  return {
    'folder.pictures': async ({ folder }) => {
      const granted = grants.path(folder, 'read');
      return granted.ok ? findPictures(granted.value) : granted;
    },

    'folder.quantise': async ({ source, into, ...request }, context) => {
      const folder = grants.path(into, 'write');
      if (!folder.ok) return folder;
      const files = await batchFiles(source, grants);
      if (!files.ok) return files;
      return runBatch({ ...request, files: files.value, into: folder.value }, pictureThreads, context);
    },
  };
}
