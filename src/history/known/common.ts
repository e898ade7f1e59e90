// Words that the output of any failed test may hold: they tell little of which failure it is.

/** English, Go, Ginkgo and Gomega, and the form in which Kubernetes writes an error. */
const COMMON = new Set(
  `
  about after again all already and any are been before but can cannot could did does down during each for found from
  get got had has have into its last least more most must not now off only other out over should some such than that
  the their then there these they this time times too try under until was were when which while will with within would
  you your
  actual assertion boom called caller case caused check command condition created creating deleted done ended equal
  error errors exec exit exited expected expecting fail failed failing failure fatal finished flake flaked flakes flaky
  flaking goroutine have info interval invalid level line lines log logs message messages name names occurred panic
  panicked passed reason received result results retry run running runtime seconds skipped stack start started status
  step steps stop stopped success succeed succeeded suite test testing tests timed timeout timestamp trace true false
  unexpected wait waited waiting warning
  array bool byte cap code context ctx empty func function int int0 int32 int64 interface key len list map nil null object
  objects pointer ptr return slice string struct type types uint0 value values
  aftereach aftersuite beforeeach beforesuite consistently describe eventually ginkgo gomega spec specs
  apis apiversion details errstatus generation group items kind labels listmeta metadata namespace observedgeneration
  remainingitemcount resourceversion retryafterseconds selflink statuserror typemeta uid
  bin etc github com home https http local main opt pkg prow root src usr var vendor tmp
  e2e e0e integration unit release overall
  debug err msg stderr stdout time trace warn
  `
    .trim()
    .split(/\s+/),
);

/** True for a word that nearly any failure may say. */
export const isCommon = (word: string): boolean => COMMON.has(word);
