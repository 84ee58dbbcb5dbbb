import { expect, test } from 'vitest';
import { useQuantiseCourse } from '../../renderer/composables/useQuantiseCourse';
import type { QuantiseEvent } from '../../shared/image/painting';
import { quantisationSpecification } from '../../shared/image/quantisation';

const step: QuantiseEvent = { kind: 'step', phase: 'exact', restart: 0, distortion: 5 };

test('on the way to a goal the numbers of colours tried are told, not the steps of each', () => {
  const course = useQuantiseCourse();
  course.begin(quantisationSpecification.parse({ goal: { kind: 'bytes', atMost: 1000 } }), 'exact');
  course.follow(step);
  expect(course.text.value).toBe('trying a first number of colours');
  course.follow({ kind: 'trial', tried: { colours: 64, value: 900 } });
  course.follow(step);
  expect(course.text.value).toBe('tried 1 number of colours, 64 last');
});

test('a preview leaves the steps of the exact fit before it', () => {
  const course = useQuantiseCourse();
  const specification = quantisationSpecification.parse({});
  course.begin(specification, 'exact');
  course.follow(step);
  expect(course.text.value).toBe('exact iterations');
  course.begin(specification, 'preview');
  course.follow(step);
  expect(course.steps.value).toHaveLength(1);
});
