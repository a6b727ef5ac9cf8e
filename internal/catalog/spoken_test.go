package catalog_test

import (
	"slices"
	"strings"
	"testing"
)

// spoken is what people say, and the codes of which one must be among the first
// three answers.
const spoken = `
presión alta | I10
alta presión | I10
hipertenso | I10
hipertensión descontrolada | I10
se le sube la presión | I10
presión baja | I95.9
azúcar | E11.9
azúcar en la sangre | E11.9
azúcar alta | E11.9
diabético | E11.9
diabetes del embarazo | O24.4
diabetes de los niños | E10.9
azúcar baja | E16.2
anginas | J03.9
anginas con pus | J03.0 J03.9
amígdalas inflamadas | J03.9
dolor de garganta | R07.0 J02.9
garganta irritada | J02.9
ardor de garganta | J02.9 R07.0
faringitis | J02.9
gripa | J00 J11.1
gripe | J11.1
gripe fuerte | J11.1
influenza | J11.1 J10.1
catarro | J00
resfriado común | J00
moco | J00
tos con flemas | J20.9 J40 R05
tos seca | R05
tos | R05
tos de perro | J05.0
chiflido en el pecho | J45.9
asma | J45.9
bronquitis | J20.9 J40
pulmonía | J18.9
ahogo | R06.0
falta de aire | R06.0
infección en la orina | N39.0
infección de las vías urinarias | N39.0
mal de orín | N39.0
ardor al orinar | R30.0
cistitis | N30.0 N30.9
piedra en el riñón | N20.0
arenilla en los riñones | N20.0
cólico de riñón | N23
riñones que no funcionan | N18.9 N19
dolor de cabeza | R51
migraña | G43.9
jaqueca | G43.9
mareos | R42
vértigo | R42 H81.4
desmayo | R55
empacho | K30
indigestión | K30
mala digestión | K30
panza inflada | R14
inflamación del estómago | K29.7
gastritis | K29.7
agruras | K21.9 R12
reflujo | K21.9
dolor de panza | R10.4
dolor de estómago | R10.1
boca del estómago | R10.1
diarrea | A09
chorro | A09
soltura | A09
vómito | R11
vómito y diarrea | A09
asco | R11
estreñido | K59.0
no puede hacer del baño | K59.0
almorranas | I84.9
lombrices | B82.0
bichos en la panza | B82.9
amibas | A06.9
tifoidea | A01.0
fiebre tifoidea | A01.0
apéndice | K35.9 K37
piedras en la vesícula | K80.2
hígado graso | K76.0
hepatitis | K75.9
cirrosis | K74.6
colitis | K58.9
colesterol | E78.0
triglicéridos | E78.1
gordura | E66.9
sobrepeso | E66.9
desnutrición | E46
anemia | D64.9
falta de hierro | D50.9
cansancio | R53
calentura | R50.9
fiebre | R50.9
infarto | I21.9
ataque al corazón | I21.9
corazón débil | I50.9
palpitaciones | R00.2
dolor de pecho | R07.4
derrame cerebral | I64
embolia | I64
várices | I83.9
pies hinchados | R60.0
retención de líquidos | R60.9
dolor de espalda | M54.9
dolor de cintura | M54.5
lumbago | M54.5
ciática | M54.3
dolor de rodilla | M25.5
rodillas gastadas | M17.9
desgaste de cadera | M16.9
dolor de hombro | M25.5 M75.9
reumas | M79.0
artritis | M13.9
gota | M10.9
huesos débiles | M81.9
torcedura | S93.4
esguince de tobillo | S93.4
descalabrado | S01.9 S01.0
golpe en la cabeza | S09.9 S00.9
quemadura | T30.0
cortada | T14.1
mordida de perro | W54.9 T14.1
piquete de alacrán | T63.2
piquete de abeja | T63.4
piquete de mosco | T14.0 W57.9
alergia | T78.4
alergia a la penicilina | Z88.0
ronchas | L50.9
urticaria | L50.9
comezón | L29.9
salpullido | R21 L74.0
granos en la cara | L70.0
espinillas | L70.0
hongos en los pies | B35.3
hongos en las uñas | B35.1
jiote | L30.5
mezquinos | B07
fuegos | B00.1
sarna | B86
piojos | B85.2 B85.0
varicela | B01.9
sarampión | B05.9
rubéola | B06.9
paperas | B26.9
manos pies y boca | B08.4
escarlatina | A38
rozadura de pañal | L22
cólico de bebé | R10.4
niño sano | Z00.1
vacuna | Z26.9 Z27.9
embarazada | Z34.9
control del embarazo | Z34.9
náusea del embarazo | O21.0
amenaza de aborto | O20.0
regla dolorosa | N94.6
cólicos menstruales | N94.6
no le baja | N91.2
regla abundante | N92.0
flujo | N89.8
menopausia | N95.1
bochornos | N95.1
ovarios con quistes | E28.2 N83.2
bola en el pecho | N63
planificación familiar | Z30.0
próstata inflamada | N40 N41.9
impotencia | N48.4
nervios | F41.9
ansiedad | F41.9
ataque de pánico | F41.0
tristeza | F32.9
depresión | F32.9
insomnio | G47.0
no puede dormir | G47.0
alcoholismo | F10.2
fumador | F17.2
ojo rojo | H10.9
mal de ojo | H10.9
perrilla | H00.0
carnosidad | H11.0
cataratas | H26.9
dolor de oído | H92.0
oído tapado | H61.2
zumbido de oídos | H93.1
sangrado de nariz | R04.0
sinusitis | J32.9 J01.9
alergia de primavera | J30.1 J30.4
dolor de muelas | K08.8
muela picada | K02.9
postemilla | K04.7
encías inflamadas | K05.1 K05.0
boquera | K13.0
convulsiones | R56.8
epilepsia | G40.9
parálisis de la cara | G51.0
manos dormidas | R20.2 G56.0
hormigueo | R20.2
temblor | R25.1 G25.0
olvidos | R41.3
tiroides | E07.9
bocio | E04.9
hernia | K46.9 K40.9
uña enterrada | L60.0
juanete | M20.1
covid | U07.1
dengue | A97.9
chikungunya | A92.0
tuberculosis | A16.9
hipo | R06.6
`

// Nobody has to know how CIE-10 calls a thing to find it.
func TestWhatPeopleSayLeadsToTheDiagnosis(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	lines := strings.Split(strings.TrimSpace(spoken), "\n")
	if len(lines) < 180 {
		t.Fatalf("%d expressions", len(lines))
	}
	for _, line := range lines {
		said, codes, _ := strings.Cut(line, " | ")
		got := codesOf(t, service, ctx, said, 3)
		if !slices.ContainsFunc(strings.Fields(codes), func(code string) bool { return slices.Contains(got, code) }) {
			t.Errorf("%s | %s (gives %v)", said, codes, got)
		}
	}
}
