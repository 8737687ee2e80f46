// What of the office is worth a picture: who looks, and where. `path` is an address, or asks the office for one: `ask(path)` answers JSON as
// the person who looks. What the README shows has `readme`.
const caseOf = (query, below = '', wanted = () => true) => async (ask) => {
  const { cases } = await ask(`/api/v1/cases?limit=100&${query}`);
  const found = cases.find(wanted);
  if (!found) throw new Error(`nobody has a case for ${query}`);
  return (below.startsWith('/app/') ? below : `/app/cases/:case${below}`).replace(':case', found.id);
};
const permit = (state, below) => caseOf(`procedure=work_permit&state=${state}`, below);
const own = (procedure, below, as = 'centre') => caseOf(`procedure=${procedure}&as=${as}&all=1`, below);

/** How the form of a visitor's status is reached by an address, some days after the arrival. */
const visitor = (days) => async (ask) => {
  const { today } = await ask('/api/v1/office');
  const arrived = new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
  return `/status?nationality=UZ&visa=no&residence=temporary&arrived=${arrived}&on=${today}`;
};

export const scenes = [
  { name: 'answer', path: '/ask?norm=person.registration_due&on=2016-03-10&nationality=UZ&arrived=2016-03-01', readme: true },
  { name: 'home', path: '/app/' },
  { name: 'sign-in', path: '/app/sign-in' },
  { name: 'status', path: visitor(20) },
  { name: 'status-question', path: '/status' },
  { name: 'complaint', path: '/without-account/complaint' },
  { name: 'procedure', path: '/procedures/work_permit' },
  { name: 'verify', path: '/verify' },
  { name: 'quota', path: '/app/quota', readme: true },
  { name: 'law', path: '/app/law' },
  { name: 'norm', path: '/app/law/norm?name=person.registration_due&on=2016-03-10' },
  { name: 'reform', path: '/app/law/reforms/compulsory_insurance' },
  { name: 'journal', path: '/app/journal' },

  { name: 'employer-desk', login: 'steppe', path: '/app/desk', then: (page) => openDuties(page) },
  { name: 'employer-start', login: 'steppe', path: '/app/start/work_permit' },
  { name: 'employer-tasks', login: 'steppe', path: permit('draft', '') },
  { name: 'employer-form', login: 'steppe', path: permit('draft', '/forms/post'), readme: true },
  { name: 'employer-list', login: 'steppe', path: permit('draft', '/forms/workers') },
  { name: 'employer-documents', login: 'steppe', path: permit('draft', '/documents') },
  { name: 'employer-check', login: 'steppe', path: permit('draft', '/check') },
  { name: 'employer-case', login: 'steppe', path: permit('examined', '') },
  { name: 'employer-withdraw', login: 'steppe', path: permit('examined', '/actions/withdraw') },

  { name: 'queue', login: 'akimat-almaty', path: '/app/desk' },
  { name: 'office-case', login: 'akimat-almaty', path: permit('examined', ''), readme: true },
  { name: 'newcomers', login: 'akimat-almaty', path: '/app/newcomers' },
  { name: 'newcomer', login: 'akimat-almaty', path: caseOf('procedure=one_window&state=better&as=centre&all=1', '/app/newcomers/:case') },
  { name: 'households', login: 'akimat-pavlodar', path: '/app/households' },
  { name: 'household', login: 'akimat-pavlodar', path: caseOf('procedure=resettlement&state=settled&as=centre&all=1', '/app/households/:case') },

  { name: 'police-desk', login: 'police-almaty', path: '/app/desk' },
  { name: 'overstays', login: 'police-almaty', path: '/app/overstays', then: (page) => look(page) },
  { name: 'check', login: 'police-almaty', path: '/app/check' },
  { name: 'days', login: 'police-almaty', path: '/app/days' },
  { name: 'offence', login: 'police-almaty', path: own('offence', '', 'police') },

  { name: 'ministry-desk', login: 'ministry', path: '/app/desk' },
  { name: 'ledger', login: 'ministry', path: '/app/ledger' },
  { name: 'plan', login: 'ministry', path: '/app/plan' },
  { name: 'migrant-desk', login: 'dilshod', path: '/app/desk' },
];

/** The list is shown once somebody has said why. */
async function look(page) {
  await page.locator('.purpose__usual button').first().click();
  await page.locator('form.look button[type=submit]').click();
  await page.locator('[aria-live] p').first().waitFor();
}

/** The law's duties come when they are asked for. */
async function openDuties(page) {
  await page.locator('details.of-law > summary').click();
  await page.locator('.duties li').first().waitFor();
}
