import { expect } from 'chai';
import { missingPieces, requiredPieces } from '../../src/procedures/pieces.ts';
import { anApplication, buildingPermit } from './source.ts';

const { settings } = buildingPermit();
const codes = (pieces: { code: string }[]) => pieces.map(({ code }) => code);
const company = anApplication({ 'owner.kind': 'company' });

describe('pieces', () => {
  it('asks a person for eleven pieces, a company for its statutes too', () => {
    expect(requiredPieces(settings, anApplication())).to.have.length(11);
    expect(codes(requiredPieces(settings, company)))
      .to.include('companyStatutes')
      .and.to.have.length(12);
  });

  it('misses principal pieces only: information may follow (RGC 33)', () => {
    expect(codes(missingPieces(settings, company, []))).to.deep.equal([
      'ownershipProof',
      'identityDocument',
      'signedRequest',
      'architectContract',
      'architecturalPlan',
      'boundaryPlan',
      'dimensionedPlan',
    ]);
  });

  it('misses nothing when the principal pieces are there', () => {
    const principal = settings.pieces.filter(({ kind }) => kind === 'principal');
    expect(missingPieces(settings, company, codes(principal))).to.deep.equal([]);
    expect(codes(missingPieces(settings, company, codes(principal).slice(1)))).to.deep.equal([
      'ownershipProof',
    ]);
  });

  it('marks the drawings that are signed and stamped', () => {
    expect(codes(settings.pieces.filter(({ plan }) => plan))).to.deep.equal([
      'architecturalPlan',
      'boundaryPlan',
      'dimensionedPlan',
    ]);
  });
});
