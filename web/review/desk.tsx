import { SegmentedControl, Splitter } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import classes from './review.module.css';

interface DeskProps {
  readonly head: ReactNode;
  readonly document: ReactNode;
  readonly side: ReactNode;
}

const phoneViews = [
  { value: 'both', label: 'Both' },
  { value: 'document', label: 'Document' },
  { value: 'side', label: 'Fields' },
];

/** Document beside fields; on a phone document above fields, with a switch. */
export function Desk({ head, document, side }: DeskProps): ReactNode {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [view, setView] = useState('both');
  return (
    <div className={classes['desk']}>
      <header className={classes['head']}>
        {head}
        {isPhone && (
          <SegmentedControl fullWidth w="100%" size="xs" value={view} onChange={setView} data={phoneViews} aria-label="What is shown" />
        )}
      </header>
      {isPhone ? (
        <div className={classes['panes']} style={{ display: 'flex', flexDirection: 'column' }}>
          {view !== 'side' && (
            <div className={classes['left']} style={{ height: view === 'both' ? '36%' : '100%', flexShrink: 0 }}>
              {document}
            </div>
          )}
          {view !== 'document' && (
            <div className={classes['right']} style={{ flex: 1 }}>
              {side}
            </div>
          )}
        </div>
      ) : (
        <Splitter className={classes['panes'] ?? ''} lineSize={1} withHandle={false}>
          <Splitter.Pane defaultSize={53} min={25}>
            <div className={classes['left']}>{document}</div>
          </Splitter.Pane>
          <Splitter.Pane defaultSize={47} min={32}>
            <div className={classes['right']}>{side}</div>
          </Splitter.Pane>
        </Splitter>
      )}
    </div>
  );
}
