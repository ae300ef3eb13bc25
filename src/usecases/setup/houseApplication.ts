/** What distinguishes one demonstration house from another. */
export interface House {
  variant: number;
  address: string;
  /** Longitude, latitude. */
  at: [number, number];
  coveredAreaM2: number;
  company: boolean;
  socialHousing: boolean;
  owner: { name: string; email: string };
}

/** The filled-in application of a small house, as its architect would type it; figures and references are specimens. */
export function houseApplication(house: House) {
  const { variant, address, at, coveredAreaM2: covered, company, socialHousing, owner } = house;
  const storeys = 2 + (variant % 2);
  return {
    project: {
      operation: 'building',
      nature: 'newBuilding',
      use: 'individualHousing',
      description: `Construction d’une maison d’habitation R+${storeys - 1} (spécimen n° ${variant})`,
      publicOwner: false,
      receivesPublic: false,
      heightMetres: storeys === 2 ? 7.5 : 11,
      storeysAboveGround: storeys,
      basements: 0,
      floorAreaM2: covered * storeys,
      coveredAreaM2: covered * storeys - 0.5,
      overhangM2: variant % 3,
      dwellings: storeys - 1,
      shops: 0,
      classifiedEstablishment: 'none',
      socialHousing,
    },
    land: {
      status: 'title',
      reference: `T-${1000 + variant}/19`,
      areaM2: covered + 30,
      address,
      subdivision: {
        name: 'Lotissement spécimen',
        lot: String(variant),
        received: true,
        restructured: false,
      },
      location: { type: 'Point', coordinates: at },
      neighbourhoods: [],
      networksAvailable: true,
    },
    owner: {
      kind: company ? 'company' : 'person',
      name: owner.name,
      identityNumber: 'K000000',
      ...(company ? { tradeRegister: '00000', ice: '000000000000000' } : {}),
      capacity: 'owner',
      address,
      phone: '+212500000000',
      email: owner.email,
    },
    professionals: {
      architect: { name: 'Architecte (démonstration)', orderNumber: 'DEMO-1', contractDate: '2025-12-01' },
    },
  };
}
