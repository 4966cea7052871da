import { expect, test } from 'vitest';
import { bookedOffice } from './booked-office.ts';
import { calibrationError, tryInTurn } from '../coding.ts';

test('coding keeps its floor over 2,000 made lines with drift and new suppliers', () => {
  const tries = tryInTurn(bookedOffice(20_261_201, 2000));
  const sure = tries.filter(({ prediction }) => prediction.isSure);
  const right = sure.filter(({ isRight }) => isRight).length / sure.length;
  expect(right).toBeGreaterThan(0.97);
  expect(sure.length / tries.length).toBeGreaterThan(0.55);
  expect(calibrationError(tries)).toBeLessThan(0.05);
});
