import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { PictureWindow } from '../components/picture/viewer/pictureWindow';
import { usePictures } from './pictures';

/** What part of the open picture is looked at; the same in all rooms, until another file is opened. */
export const usePictureWindowState = defineStore('pictureWindow', () => {
  const pictures = usePictures();
  /** null: all of it, whatever the size of the view. */
  const chosen = shallowRef<PictureWindow | null>(null);
  /** How far from the left before and after meet, as a part of the view. */
  const divider = ref(0.5);

  watch(
    () => `${pictures.file?.file.grant ?? ''}/${pictures.file?.name ?? ''}`,
    () => {
      chosen.value = null;
    },
  );
  return { chosen, divider };
});
