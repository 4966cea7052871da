import { Button, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileUpload, IconUpload } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useMay } from '../api/rights.ts';
import { NeedsRight } from '../parts/needs-right.tsx';
import { useUpload } from './use-upload.ts';

/** Files can be dropped anywhere on the page, or picked. */
export function DropFiles(): ReactNode {
  const mayUpload = useMay('documents:upload');
  const upload = useUpload();
  const openPicker = useRef<() => void>(null);
  return (
    <>
      <NeedsRight right="documents:upload" reason="Your role may look, not hand in documents.">
        {(isDisabled) => (
          <Button
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden />}
            disabled={isDisabled}
            onClick={() => openPicker.current?.()}
          >
            Add files
          </Button>
        )}
      </NeedsRight>
      <Dropzone
        openRef={openPicker}
        onDrop={upload}
        activateOnClick={false}
        style={hidden}
        aria-hidden
        tabIndex={-1}
        inputProps={{ 'aria-label': 'Files' }}
      >
        {null}
      </Dropzone>
      <Dropzone.FullScreen withinPortal={false} active={mayUpload} onDrop={upload}>
        <div style={middle}>
          <IconFileUpload size={44} stroke={1.3} aria-hidden />
          <Text fz="xl" fw={600}>
            Drop to hand in
          </Text>
          <Text c="dimmed">PDFs, scans, photos, e-invoices, mails or zip files. Deskhand reads them at once.</Text>
        </div>
      </Dropzone.FullScreen>
    </>
  );
}

const hidden = { display: 'none' } as const;
const middle = {
  minHeight: '70vh',
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  justifyContent: 'center',
  gap: 8,
  pointerEvents: 'none',
} as const;
