import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import type { Switch } from './switch-form.tsx';

type Pause = Automation['pauses'][number];
type Connection = Automation['connections'][number];

export const stopAll: Switch = {
  path: '/v1/automation/stop',
  title: 'Stop automation',
  effect:
    'Within a second nothing more begins by itself: no reading, no automatic approval, no payment. What has begun is finished. People go on, and what they decide takes effect afterwards.',
  done: 'Automation is stopped. People go on.',
  isStop: true,
};

/** Ends a pause of the organization, a kind of workflow or the installation. */
export function resumeOf(pause: Pause): Switch {
  const common = { title: 'Let it go on', effect: 'It goes on from where it stood; nothing was lost.', done: 'It goes on.', isStop: false };
  if (pause.scope === 'connection') return { ...common, path: `/v1/connections/${pause.subject}/resume` };
  const body: Readonly<Record<string, string>> = pause.scope === 'workflow' ? { workflow: pause.subject } : { scope: pause.scope };
  return { ...common, path: '/v1/automation/resume', body };
}

export function switchOf(connection: Connection): Switch {
  if (connection.isPaused) {
    return {
      path: `/v1/connections/${connection.id}/resume`,
      title: 'Let it go on',
      effect: `${connection.name} is read again from where it stood.`,
      done: `${connection.name} is read again.`,
      isStop: false,
    };
  }
  return {
    path: `/v1/connections/${connection.id}/pause`,
    title: 'Pause',
    effect: `Nothing more is fetched from ${connection.name}, and nothing that came from it takes a further step. What has begun is finished; people go on.`,
    done: `${connection.name} is paused.`,
    isStop: true,
  };
}
