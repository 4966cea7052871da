import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AcceptanceModel, DocumentModel } from './document-model.ts';
import { featureNames } from './features.ts';
import { documentFeatureNames } from './pools.ts';
import type { Ensemble } from './trees.ts';

/** `models/documents/model.json`, from the sources and from `dist` alike. */
const file = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../models/documents/model.json' : '../../../../models/documents/model.json',
    import.meta.url,
  ),
);
let loaded: DocumentModel | undefined;

/** The shipped model, read once per process. */
export function documentModel(): DocumentModel {
  loaded ??= fitted(JSON.parse(readFileSync(file, 'utf8')) as DocumentModel);
  return loaded;
}

/** Puts features where they stand today: a model trained before a feature was added still works. */
function fitted(model: DocumentModel): DocumentModel {
  const moved = (ensemble: Ensemble, from: readonly string[], to: readonly string[]): Ensemble => {
    const places = from.map((name) => (to.includes(name) ? to.indexOf(name) : to.length));
    return {
      ...ensemble,
      trees: ensemble.trees.map((tree) => ({ ...tree, feature: tree.feature.map((one) => (one < 0 ? one : (places[one] ?? to.length))) })),
    };
  };
  const placed = (acceptance: AcceptanceModel): AcceptanceModel => ({
    ...acceptance,
    features: documentFeatureNames,
    ensemble: moved(acceptance.ensemble, acceptance.features, documentFeatureNames),
  });
  return {
    ...model,
    features: featureNames,
    fields: Object.fromEntries(
      Object.entries(model.fields).map(([name, field]) => [
        name,
        { ...field, ensemble: moved(field.ensemble, model.features, featureNames) },
      ]),
    ) as DocumentModel['fields'],
    acceptance: { booked: placed(model.acceptance.booked), whole: placed(model.acceptance.whole) },
  };
}
