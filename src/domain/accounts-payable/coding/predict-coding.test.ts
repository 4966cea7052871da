import { expect, test } from 'vitest';
import { newCodingModel, type PastBooking } from './coding-model.ts';
import { learnBooking, predictCoding } from './predict-coding.ts';

const booking = (at: number, changes: Partial<PastBooking> = {}): PastBooking => ({
  supplierId: 'sup_1',
  description: 'Toner schwarz',
  taxRate: '19',
  account: '4930',
  costCentre: '100',
  project: null,
  taxCode: 'V19',
  reference: `R-${at}`,
  bookedOn: '2026-01-02',
  ...changes,
});
const modelOf = (bookings: readonly PastBooking[]) => {
  const model = newCodingModel();
  for (const one of bookings) learnBooking(model, one);
  return model;
};
const toner = { supplierId: 'sup_1', description: 'TONER cyan', taxRate: '19' };

test('an office that booked nothing yet is asked', () => {
  const { account } = predictCoding(newCodingModel(), toner);
  expect(account).toEqual({ code: null, confidence: 0, isSure: false, ground: null });
});

test('a supplier who was always booked alike is coded, and the bookings behind it are named', () => {
  const model = modelOf(Array.from({ length: 40 }, (_, at) => booking(at)));
  const predicted = predictCoding(model, toner);
  expect(predicted.account).toMatchObject({ code: '4930', isSure: true });
  expect(predicted.project).toMatchObject({ code: null, isSure: true });
  expect(predicted.account.ground).toEqual({
    sentence: 'Like all of the last 8 lines from this supplier.',
    references: ['R-39', 'R-38', 'R-37'],
  });
});

test('the word decides where a supplier sells two things', () => {
  const model = modelOf(
    Array.from({ length: 80 }, (_, at) => booking(at, at % 2 === 0 ? {} : { description: 'Kaffee Bohnen', account: '4653' })),
  );
  expect(predictCoding(model, toner).account).toMatchObject({ code: '4930', isSure: true });
  const coffee = predictCoding(model, { ...toner, description: 'Kaffee gemahlen' });
  expect(coffee.account).toMatchObject({ code: '4653', isSure: true });
  expect(coffee.account.ground?.sentence).toBe('Like all of the last 8 lines from this supplier with ‘kaffee’.');
});

test('what was booked now so, now so, is left to a person', () => {
  const model = modelOf(Array.from({ length: 60 }, (_, at) => booking(at, { account: (at * 7) % 5 < 3 ? '4930' : '4940' })));
  expect(predictCoding(model, toner).account.isSure).toBe(false);
});

test('after the books moved to another account, predictions follow and do not insist meanwhile', () => {
  const model = modelOf(Array.from({ length: 60 }, (_, at) => booking(at)));
  for (let at = 60; at < 70; at += 1) learnBooking(model, booking(at, { account: '6815' }));
  const { account } = predictCoding(model, toner);
  expect(account.code === '6815' || !account.isSure).toBe(true);
  for (let at = 70; at < 110; at += 1) learnBooking(model, booking(at, { account: '6815' }));
  expect(predictCoding(model, toner).account.code).toBe('6815');
});

test('the same bookings in the same order make the same prediction', () => {
  const history = Array.from({ length: 50 }, (_, at) =>
    booking(at, { supplierId: `sup_${at % 3}`, account: at % 3 === 0 ? '4930' : '4940' }),
  );
  expect(predictCoding(modelOf(history), toner)).toEqual(predictCoding(modelOf(history), toner));
});

test('of a supplier nobody knows, a word that others used is named, and a person is asked', () => {
  const model = modelOf(Array.from({ length: 30 }, (_, at) => booking(at, { supplierId: `sup_${at % 6}` })));
  const { account } = predictCoding(model, { ...toner, supplierId: 'sup_new' });
  expect(account.code).toBe('4930');
  expect(account.isSure).toBe(false);
  expect(account.ground?.sentence).toContain('from any supplier');
});
