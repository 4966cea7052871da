import { ActionIcon, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { documentQuery } from '../api/queries.ts';
import { EInvoiceSheet } from './e-invoice-sheet.tsx';
import type { FieldKey } from './field-names.ts';
import type { LitBox } from './lit-boxes.ts';
import { PagePicture } from './page-picture.tsx';
import classes from './review.module.css';

export interface DocumentPaneProps {
  readonly invoice: InvoiceDetail;
  readonly boxes: readonly LitBox[];
  readonly active: FieldKey | null;
  /** Figures of the equation that is looked at. */
  readonly figures?: InvoiceDetail['equations'][number]['places'];
  readonly focusField?: (key: FieldKey) => void;
  /** A word was clicked while a field is active; `isMore` adds it to what is there. */
  readonly takeWord?: ((text: string, isMore: boolean) => void) | undefined;
}

const zooms = [0.6, 0.8, 1, 1.3, 1.7, 2.2];

/** The pages as they came, or the e-invoice laid out where there is no picture. */
export function DocumentPane(props: DocumentPaneProps): ReactNode {
  const { invoice, boxes, active, figures = [], focusField, takeWord } = props;
  const document = useQuery(documentQuery(invoice.documentId));
  const [step, setStep] = useState(2);
  const pages = document.data?.pages.filter((page) => page.hasPicture) ?? [];
  const zoom = zooms[step] ?? 1;
  return (
    <div className={classes['viewer']}>
      <div className={classes['pages']} tabIndex={0} role="region" aria-label="Document">
        {document.isPending && <Skeleton style={{ aspectRatio: '0.707' }} maw={760} mx="auto" w="100%" />}
        {document.data !== undefined && pages.length === 0 && <EInvoiceSheet invoice={invoice} active={active} focusField={focusField} />}
        {pages.map((page) => (
          <PagePicture
            key={page.number}
            documentId={invoice.documentId}
            page={page}
            zoom={zoom}
            boxes={boxes.filter((box) => box.page === page.number)}
            active={active}
            figures={figures.filter((place) => place.page === page.number).map((place) => place.box)}
            focusField={focusField}
            takeWord={takeWord}
          />
        ))}
        {document.isError && <Text c="dimmed">The document could not be fetched. The fields can be checked against the original.</Text>}
      </div>
      <div className={classes['tools']} role="toolbar" aria-label="Document">
        <Tool label="Smaller" onClick={() => setStep(Math.max(0, step - 1))} icon={<IconZoomOut size={17} stroke={1.7} />} />
        <Tool label="Whole width" onClick={() => setStep(2)} icon={<IconZoomReset size={17} stroke={1.7} />} />
        <Tool label="Larger" onClick={() => setStep(Math.min(zooms.length - 1, step + 1))} icon={<IconZoomIn size={17} stroke={1.7} />} />
        <Tooltip label="Download the original">
          <ActionIcon component="a" href={`/v1/documents/${invoice.documentId}/original`} download aria-label="Download the original">
            <IconDownload size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function Tool({ label, onClick, icon }: { readonly label: string; readonly onClick: () => void; readonly icon: ReactNode }): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={onClick} aria-label={label}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
