import type { CodedConcept } from './types';

const sct = (value: string, meaning: string): CodedConcept =>
  Object.freeze({ scheme: 'SCT', value, meaning });

/**
 * Vessels as segmented property types, by region. Every code and meaning is one of DICOM's own context groups (PS3.16,
 * named at each group; most are gathered in CID 7192); `npm run conformance` looks each of them up in pydicom's
 * dictionary, which is generated from the standard. A side is no part of the type: it is a modifier (CID 244), except
 * where the standard has a code of its own for the vessel of one side.
 */
export const VESSEL_REGIONS = Object.freeze({
  /** CID 7151, 7156, 7192 */
  any: Object.freeze({
    bloodVessel: sct('59820001', 'Blood Vessel'),
    artery: sct('51114001', 'Artery'),
    vein: sct('29092000', 'Vein'),
    lumen: sct('91747007', 'Lumen of blood vessel'),
    systemicArtery: sct('281159003', 'Systemic artery'),
    systemicVein: sct('360592004', 'Systemic vein'),
  }),
  /** CID 12105, 12106, 12104, 4 */
  head: Object.freeze({
    circleOfWillis: sct('11279006', 'Circle of Willis'),
    internalCarotid: sct('86117002', 'Internal carotid artery'),
    terminalInternalCarotid: sct('415646005', 'Terminal internal carotid artery'),
    carotidSiphon: sct('54409005', 'Carotid Siphon'),
    vertebral: sct('85234005', 'Vertebral artery'),
    basilar: sct('59011009', 'Basilar artery'),
    anteriorCerebral: sct('60176003', 'Anterior Cerebral Artery'),
    middleCerebral: sct('17232002', 'Middle Cerebral Artery'),
    posteriorCerebral: sct('70382005', 'Posterior Cerebral Artery'),
    anteriorCommunicating: sct('8012006', 'Anterior communicating artery'),
    posteriorCommunicating: sct('43119007', 'Posterior communicating artery'),
    ophthalmic: sct('53549008', 'Ophthalmic artery'),
    m1: sct('414722000', 'Middle Cerebral Artery M1 Segment'),
    m2: sct('414723005', 'Middle Cerebral Artery M2 Segment'),
    p1: sct('415144009', 'Posterior Cerebral Artery P1 Segment'),
    p2: sct('415145005', 'Posterior Cerebral Artery P2 Segment'),
  }),
  /** CID 12104, 12108, 12291 */
  neck: Object.freeze({
    commonCarotid: sct('32062004', 'Common carotid artery'),
    externalCarotid: sct('22286001', 'External carotid artery'),
    carotidBulb: sct('21479005', 'Carotid Bulb'),
    internalJugular: sct('12123001', 'Internal jugular vein'),
  }),
  /** CID 3015, 3839 */
  heart: Object.freeze({
    coronaryArtery: sct('41801008', 'Coronary artery'),
    leftCoronary: sct('50018008', 'Left Coronary Artery'),
    leftMain: sct('3227004', 'Left Main Coronary Artery'),
    leftAnteriorDescending: sct('59438005', 'Left Anterior Descending Coronary Artery'),
    proximalLeftAnteriorDescending: sct(
      '68787002',
      'Proximal Left Anterior Descending Coronary Artery',
    ),
    midLeftAnteriorDescending: sct('91748002', 'Mid Left Anterior Descending Coronary Artery'),
    distalLeftAnteriorDescending: sct(
      '36672000',
      'Distal Left Anterior Descending Coronary Artery',
    ),
    firstDiagonal: sct('91750005', '1st Diagonal Coronary Artery'),
    secondDiagonal: sct('91751009', '2nd Diagonal Coronary Artery'),
    ramus: sct('244252004', 'Intermediate Artery (Ramus)'),
    circumflex: sct('57396003', 'Circumflex Coronary Artery'),
    proximalCircumflex: sct('52433000', 'Proximal Circumflex Coronary Artery'),
    midCircumflex: sct('91753007', 'Mid Circumflex Coronary Artery'),
    distalCircumflex: sct('6511003', 'Distal Circumflex Coronary Artery'),
    marginal: sct('22765000', 'Marginal Coronary Artery'),
    firstMarginal: sct('91754001', '1st Marginal Coronary Artery'),
    secondMarginal: sct('91755000', '2nd Marginal Coronary Artery'),
    rightCoronary: sct('13647002', 'Right Coronary Artery'),
    proximalRightCoronary: sct('91083009', 'Proximal Right Coronary Artery'),
    midRightCoronary: sct('450960006', 'Mid Right Coronary Artery'),
    distalRightCoronary: sct('41879009', 'Distal Right Coronary Artery'),
    posteriorDescending: sct('53655008', 'Posterior Descending Right Coronary Artery'),
    posterolateral: sct('17269004', 'Posterolateral branch of right Coronary Artery'),
    coronarySinus: sct('90219004', 'Coronary sinus'),
  }),
  /** CID 3010, 3829, 3840 */
  lung: Object.freeze({
    pulmonaryArtery: sct('81040000', 'Pulmonary artery'),
    pulmonaryTrunk: sct('45341000', 'Trunk of pulmonary artery'),
    rightPulmonaryArtery: sct('78480002', 'Right pulmonary artery'),
    leftPulmonaryArtery: sct('50408007', 'Left pulmonary artery'),
    pulmonaryVein: sct('430757002', 'Pulmonary Vein'),
    superiorRightPulmonaryVein: sct('8629005', 'Superior right pulmonary vein'),
    inferiorRightPulmonaryVein: sct('113273001', 'Inferior right pulmonary vein'),
    superiorLeftPulmonaryVein: sct('43863001', 'Superior left pulmonary vein'),
    inferiorLeftPulmonaryVein: sct('51249003', 'Inferior left pulmonary vein'),
  }),
  /** CID 3010, 12291, 12104, 12107, 12112, 12111, 12115, 12109 */
  aorta: Object.freeze({
    aorta: sct('15825003', 'Aorta'),
    ascendingAorta: sct('54247002', 'Ascending aorta'),
    aorticArch: sct('57034009', 'Aortic arch'),
    descendingAorta: sct('32672002', 'Descending aorta'),
    thoracicAorta: sct('113262008', 'Thoracic aorta'),
    abdominalAorta: sct('7832008', 'Abdominal aorta'),
    brachiocephalic: sct('12691009', 'Innominate artery'),
    subclavian: sct('36765005', 'Subclavian artery'),
    axillary: sct('67937003', 'Axillary Artery'),
    celiac: sct('57850000', 'Celiac Axis'),
    splenicArtery: sct('22083002', 'Splenic artery'),
    superiorMesenteric: sct('42258001', 'Superior mesenteric artery'),
    inferiorMesenteric: sct('33795007', 'Inferior mesenteric artery'),
    renalArtery: sct('2841007', 'Renal artery'),
    commonIliac: sct('73634005', 'Common iliac artery'),
    externalIliac: sct('113269004', 'External iliac artery'),
    internalIliac: sct('90024005', 'Internal iliac artery'),
  }),
  /** CID 12112, 12114 */
  liver: Object.freeze({
    hepaticArtery: sct('76015000', 'Hepatic artery'),
    commonHepaticArtery: sct('66559000', 'Common Hepatic Artery'),
    properHepaticArtery: sct('18112008', 'Proper Hepatic Artery'),
    rightHepaticArtery: sct('69421009', 'Right Branch of Hepatic Artery'),
    leftHepaticArtery: sct('21807003', 'Left Branch of Hepatic Artery'),
    gastroduodenal: sct('37274004', 'Gastroduodenal Artery'),
    hepaticVein: sct('8993003', 'Hepatic vein'),
    rightHepaticVein: sct('272998002', 'Right Hepatic Vein'),
    middleHepaticVein: sct('273099000', 'Middle Hepatic Vein'),
    leftHepaticVein: sct('273202007', 'Left Hepatic Vein'),
    portalVein: sct('32764006', 'Portal vein'),
    rightPortalVein: sct('73931004', 'Right Main Branch of Portal Vein'),
    leftPortalVein: sct('70253006', 'Left Main Branch of Portal Vein'),
    splenicVein: sct('35819009', 'Splenic vein'),
    superiorMesentericVein: sct('90771006', 'Superior Mesenteric Vein'),
  }),
  /** CID 3010, 12108, 12110, 12113, 12114, 12115 */
  veins: Object.freeze({
    superiorVenaCava: sct('48345005', 'Superior vena cava'),
    inferiorVenaCava: sct('64131007', 'Inferior vena cava'),
    brachiocephalicVein: sct('8887007', 'Innominate vein'),
    subclavianVein: sct('9454009', 'Subclavian vein'),
    azygos: sct('72107004', 'Azygos vein'),
    renalVein: sct('56400007', 'Renal vein'),
    commonIliacVein: sct('46027005', 'Common iliac vein'),
    greatSaphenous: sct('60734001', 'Great saphenous vein'),
  }),
  /** CID 12107, 12109 */
  limbs: Object.freeze({
    brachial: sct('17137000', 'Brachial artery'),
    radial: sct('45631007', 'Radial artery'),
    ulnar: sct('44984001', 'Ulnar artery'),
    commonFemoral: sct('181347005', 'Common Femoral Artery'),
    superficialFemoral: sct('181349008', 'Superficial Femoral Artery'),
    profundaFemoris: sct('31677005', 'Profunda Femoris Artery'),
    popliteal: sct('43899006', 'Popliteal artery'),
    anteriorTibial: sct('68053000', 'Anterior tibial artery'),
    posteriorTibial: sct('13363002', 'Posterior tibial artery'),
    peroneal: sct('8821006', 'Peroneal artery'),
  }),
});

/** All vessels of {@link VESSEL_REGIONS} by name. */
export const VESSEL = Object.freeze({
  ...VESSEL_REGIONS.any,
  ...VESSEL_REGIONS.head,
  ...VESSEL_REGIONS.neck,
  ...VESSEL_REGIONS.heart,
  ...VESSEL_REGIONS.lung,
  ...VESSEL_REGIONS.aorta,
  ...VESSEL_REGIONS.liver,
  ...VESSEL_REGIONS.veins,
  ...VESSEL_REGIONS.limbs,
});
