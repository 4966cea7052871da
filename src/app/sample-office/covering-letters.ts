import type { Manner, SampleSupplier } from './suppliers.ts';

type Tongue = 'de' | 'fr' | 'es' | 'en' | 'en-us';

/** How a firm of this tongue sends its papers; `paper` is the word for invoice or credit note. */
interface Style {
  readonly words: readonly [invoice: string, creditNote: string];
  readonly subject: (paper: string, numbers: string) => string;
  readonly text: (paper: string, numbers: string, sender: string) => string;
}

const styles: Readonly<Record<Tongue, Style>> = {
  de: {
    words: ['Rechnung', 'Gutschrift'],
    subject: (paper, numbers) => `Ihre ${paper} ${numbers}`,
    text: (paper, numbers, sender) =>
      `Sehr geehrte Damen und Herren,\n\nanbei erhalten Sie unsere ${paper} ${numbers}.\nVielen Dank für Ihren Auftrag.\n\nMit freundlichen Grüßen\n${sender}\n`,
  },
  fr: {
    words: ['facture', 'avoir'],
    subject: (paper, numbers) => `Votre ${paper} ${numbers}`,
    text: (paper, numbers, sender) =>
      `Bonjour,\n\nVeuillez trouver ci-joint notre ${paper} ${numbers}.\nNous vous remercions de votre confiance.\n\nCordialement,\n${sender}\n`,
  },
  es: {
    words: ['factura', 'factura rectificativa'],
    subject: (paper, numbers) => `Su ${paper} ${numbers}`,
    text: (paper, numbers, sender) =>
      `Estimados señores:\n\nAdjuntamos nuestra ${paper} ${numbers}.\nGracias por su confianza.\n\nUn cordial saludo,\n${sender}\n`,
  },
  en: {
    words: ['invoice', 'credit note'],
    subject: (paper, numbers) => `Your ${paper} ${numbers}`,
    text: (paper, numbers, sender) =>
      `Hello,\n\nPlease find attached our ${paper} ${numbers}.\nMany thanks for your business.\n\nKind regards,\n${sender}\n`,
  },
  'en-us': {
    words: ['invoice', 'credit note'],
    subject: (paper, numbers) => `Your ${paper} ${numbers} is ready`,
    text: (paper, numbers, sender) =>
      `Hi,\n\nYour ${paper} ${numbers} is attached.\nIf anything is unclear, just reply to this email.\n\nThanks,\nThe ${sender} team\n`,
  },
};

/** Subject and body of the mail that brings invoices, as the supplier writes. */
export function covering(
  supplier: SampleSupplier,
  numbers: readonly string[],
  isCredit = false,
): { readonly subject: string; readonly text: string } {
  const { words, subject, text } = styles[tongueOf(supplier.manner)];
  const [paper, all] = [words[isCredit ? 1 : 0], numbers.join(', ')];
  return { subject: subject(paper, all), text: text(paper, all, supplier.name) };
}

function tongueOf(manner: Manner): Tongue {
  return manner === 'en-gb' ? 'en' : manner === 'de-ch' ? 'de' : manner;
}
