import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import classes from './list-table.module.css';

interface RowAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

function RowAnchor({ children, ref, ...props }: RowAnchorProps): ReactNode {
  return (
    <a {...props} ref={ref} className={classes['link']}>
      {children}
    </a>
  );
}

/** The link that makes a whole row of a `ListTable` clickable. */
export const RowLink = createLink(RowAnchor);
