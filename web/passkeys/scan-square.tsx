import { encodeQR } from 'qr';
import type { ReactNode } from 'react';

/** A QR code (ISO/IEC 18004) as one path, dark on white in either scheme: that is what cameras read. */
export function ScanSquare({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      width={208}
      height={208}
      shapeRendering="crispEdges"
      style={{ background: '#fff', borderRadius: 'var(--mantine-radius-sm)', flex: 'none' }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
