import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  Menu,
  Modal,
  Paper,
  Skeleton,
  Table,
  Tabs,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one accent. */
const ink: MantineColorsTuple = [
  '#eef1fb', '#dde2f5', '#bac4ea', '#95a4df', '#7688d5', '#6276cf', '#4f63c2', '#3f4fb0', '#36459c', '#2b3782',
];
/** Neutral greys, a touch warm on paper. */
const gray: MantineColorsTuple = [
  '#f9f9f8', '#f3f3f1', '#e9e9e6', '#deddd9', '#c9c8c3', '#a8a7a1', '#83827c', '#63625d', '#45443f', '#262622',
];
/** Neutral greys at night; 7 is the page, 6 what lies on it. */
const dark: MantineColorsTuple = [
  '#d9dadc', '#babcc0', '#9c9ea4', '#7b7e85', '#3d3f45', '#303237', '#212226', '#17181a', '#111214', '#0c0d0e',
];
const green: MantineColorsTuple = [
  '#eaf6ef', '#d5ebdd', '#aad7bb', '#7bc197', '#55ae79', '#3ca266', '#2b9459', '#1c7a46', '#136338', '#084b28',
];
const amber: MantineColorsTuple = [
  '#fff6e3', '#fdeccc', '#f8d798', '#f3c160', '#efae33', '#eda219', '#d98f0b', '#a86a00', '#8a5600', '#6b4200',
];
const red: MantineColorsTuple = [
  '#fdefee', '#f8dcda', '#eeb5b1', '#e58c86', '#dd6961', '#d9534a', '#cc443b', '#b3352d', '#962a23', '#781d18',
];

export const theme = createTheme({
  colors: { ink, gray, dark, green, amber, red },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 550 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { root: { textTransform: 'none', fontWeight: 550, letterSpacing: 0 } },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'md' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 9, horizontalSpacing: 14, borderColor: 'var(--line-quiet)' } }),
    Tabs: Tabs.extend({ styles: { tab: { fontWeight: 550, paddingInline: 12, paddingBlock: 9 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, radius: 'sm' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.35 } }, styles: { title: { fontWeight: 600, fontSize: '1rem' } } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', radius: 'md' } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
  },
});

/** Contrast AA for quiet text and for the light badges; surfaces of both schemes. */
export const surfaces: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#20201d',
    '--mantine-color-dimmed': '#65645f',
    '--mantine-color-placeholder': '#76756f',
    '--mantine-color-default-border': '#e2e1dd',
    '--mantine-color-green-light': '#e8f4ec',
    '--mantine-color-amber-light': '#fdf3dd',
    '--mantine-color-red-light': '#fbeceb',
    '--mantine-color-ink-light': '#e9edfa',
    '--mantine-color-green-light-color': '#136338',
    '--mantine-color-amber-light-color': '#7a4c00',
    '--mantine-color-red-light-color': '#962a23',
    '--mantine-color-gray-light-color': '#4c4b46',
    '--mantine-color-gray-light': '#f0efec',
    '--mantine-color-error': '#b3352d',
    '--surface-page': '#fafaf8',
    '--surface-hover': '#f5f5f2',
    '--surface-selected': '#eef1fb',
    '--surface-desk': '#ecebe7',
    '--line-quiet': '#ecebe8',
  },
  dark: {
    '--mantine-color-body': '#1c1d20',
    '--mantine-color-text': '#e4e4e6',
    '--mantine-color-dimmed': '#a2a4aa',
    '--mantine-color-placeholder': '#8b8d94',
    '--mantine-color-default': '#232428',
    '--mantine-color-default-border': '#34363b',
    '--mantine-color-green-light': '#16301f',
    '--mantine-color-amber-light': '#35280f',
    '--mantine-color-red-light': '#3a1d1b',
    '--mantine-color-ink-light': '#262d4d',
    '--mantine-color-green-light-color': '#8ad3a6',
    '--mantine-color-amber-light-color': '#f3c160',
    '--mantine-color-red-light-color': '#f0a09a',
    '--mantine-color-gray-light-color': '#c3c4c9',
    '--mantine-color-gray-light': '#2c2d32',
    '--mantine-color-ink-light-color': '#b3bff0',
    '--mantine-color-anchor': '#aab7ee',
    '--mantine-color-error': '#ef938c',
    '--surface-page': '#151618',
    '--surface-hover': '#232428',
    '--surface-selected': '#262b45',
    '--surface-desk': '#101113',
    '--line-quiet': '#292a2e',
  },
});
