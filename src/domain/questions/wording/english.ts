import type { Wording } from './wording.ts';

const months = 'January February March April May June July August September October November December'.split(' ');

export const english: Wording = {
  subject: ({ invoice, order }) => `Question about invoice ${invoice}${order === null ? '' : `, order ${order}`}`,
  greeting: (name) => `Hello ${name},`,
  opening: {
    supplier: ({ invoice, issuedOn, order }) =>
      `we have a question about your invoice ${invoice}${issuedOn === null ? '' : ` of ${issuedOn}`}${order === null ? '' : ` for our order ${order}`}:`,
    inside: ({ invoice, issuedOn, order, supplier }) =>
      `invoice ${invoice} of ${supplier}${issuedOn === null ? '' : `, dated ${issuedOn},`} waits for an answer from you${order === null ? '' : ` (order ${order})`}:`,
  },
  line: (position) => `Line ${position}`,
  expected: {
    price: 'ordered at',
    quantity: 'ordered',
    receipt: 'received',
    item: 'ordered',
    order: 'expected',
    duplicate: 'known already',
    total: 'expected',
  },
  found: 'invoiced',
  difference: 'difference',
  asks: {
    price: {
      supplier:
        'Is the invoiced price right? If it is, please tell us why. If it is not, please send us a corrected invoice or a credit note, and tell us by when.',
      inside:
        'Was this price agreed? Please answer whether we accept it, whether the order is to be changed, or whether the invoice is to be rejected.',
    },
    quantity: {
      supplier: 'Is the invoiced quantity right? If it is not, please send us a corrected invoice or a credit note, and tell us by when.',
      inside:
        'Is this quantity right? Please answer whether we accept it, whether the order is to be changed, or whether the invoice is to be rejected.',
    },
    receipt: {
      supplier: 'We have not booked in all of these goods. When were they delivered, or when do they come?',
      inside: 'Have all of these goods arrived? Please book them in, or answer what is missing.',
    },
    item: {
      supplier: 'We cannot find this in our order. What is it for, and who ordered it?',
      inside: 'We cannot find this in the order. Did you order it? Please answer whether we accept it or reject the invoice.',
    },
    order: {
      supplier: 'Which order of ours is it for, and who placed it?',
      inside: 'Which order is it for? Please answer whether we accept it or reject the invoice.',
    },
    duplicate: {
      supplier: 'It looks like one that we have already. Is it the same, so that we may set this one aside, or is it another delivery?',
      inside: 'It looks like one that we have already. Is it the same, or another delivery?',
    },
    total: {
      supplier: 'These figures do not agree. Please check the invoice and send us a corrected one, or tell us how they come about.',
      inside: 'These figures do not agree. Please answer whether we accept the invoice or reject it.',
    },
  },
  closing: 'Until then the invoice waits. Please answer this mail and leave its subject as it is.',
  reminder: (askedOn) => `we asked you on ${askedOn} and have no answer yet. May we ask you for one?`,
  signOff: 'Kind regards',
  byItself: 'This question was written and sent by our software. A person reads your answer.',
  day: (day) => {
    const [year = '', month = '', date = ''] = day.split('-');
    return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
  },
  thousands: ',',
  point: '.',
  units: {},
};
