import type { ModelManifest } from '../inference/manifest';
import type { ImportChoices } from '../inference/nnunet/manifestOf';
import type { Plans } from '../inference/nnunet/plans';

/** What is known of an imported net, and the gaps that its maker should fill. */
export function modelCard(
  manifest: ModelManifest,
  plans: Plans,
  { configuration }: ImportChoices,
): string {
  const channels = (manifest.prediction?.channels ?? [])
    .map(({ name, vessel }) => `- ${name}: ${vessel ? 'counts as vessel' : 'no vessel'}`)
    .join('\n');
  return `# ${manifest.name} ${manifest.version}

nnU-Net v2, ${plans.dataset_name}, configuration ${configuration}. Imported with vessels-model import-nnunet.

- Licence: ${manifest.licence}
- Images: ${manifest.modalities.join(', ')}
- Trained at ${manifest.spacing?.join(' × ')} mm (x × y × z), tiles of ${manifest.patch.join(' × ')} voxels
- Normalisation: ${JSON.stringify(manifest.normalisation)}
- Mirroring: ${manifest.mirror?.join('') ?? 'off'}

## Labels

${channels}

## To be filled in by who trained it

Training data, scores on images that it has not seen, known failures, intended use. Until then: research use only,
not for diagnosis.
`;
}
