package prescription

import (
	"slices"
	"strings"
)

// class is a group of medicines to which people are allergic as one. Its
// members are known by ATC code, and by name where the catalog has no code.
type class struct {
	key string
	// member says that a medicine is one: "es una penicilina".
	member string
	// said are the folded words by which people name the class.
	said []string
	atc  []string
	// stems are parts of the folded names of its members.
	stems []string
	// mates says that who is allergic to one member must be taken for allergic
	// to all; otherwise that is only possible.
	mates bool
	// crosses are the classes that often react too.
	crosses []string
}

// classes are those whose allergy is common and whose members a name hides. ATC
// codes are those of the WHO's classification as the catalog carries them.
var classes = []class{
	{
		key: "penicillins", member: "es una penicilina", mates: true,
		said: []string{"penicilina", "penicilinas", "betalactamicos", "beta lactamicos"}, atc: []string{"J01C"},
		stems:   []string{"cilina"}, // no other class ends so: tetracyclines end in -ciclina
		crosses: []string{"cephalosporins", "carbapenems"},
	},
	{
		key: "cephalosporins", member: "es una cefalosporina", mates: true,
		said: []string{"cefalosporina", "cefalosporinas"}, atc: []string{"J01DB", "J01DC", "J01DD", "J01DE", "J01DI"},
		stems: []string{"cefal", "cefa", "cefe", "cefi", "cefo", "cefp", "ceft", "cefu"}, crosses: []string{"penicillins", "carbapenems"},
	},
	{
		key: "carbapenems", member: "es un carbapenémico", mates: true,
		said: []string{"carbapenem", "carbapenemicos"}, atc: []string{"J01DH"}, stems: []string{"penem"},
		crosses: []string{"penicillins", "cephalosporins"},
	},
	{
		key: "sulfonamides", member: "es una sulfonamida", mates: true,
		said: []string{"sulfa", "sulfas", "sulfonamida", "sulfonamidas"}, atc: []string{"J01E", "S01AB", "D06BA", "A07EC01"},
		stems: []string{"sulfametoxazol", "sulfadiazina", "sulfacetamida", "sulfasalazina", "sulfadoxina"}, crosses: []string{"sulfonamide_coxibs"},
	},
	{key: "sulfonamide_coxibs", member: "contiene un grupo sulfonamida", atc: []string{"M01AH01"}, stems: []string{"celecoxib"}},
	{
		key: "nsaids", member: "es un antiinflamatorio no esteroideo",
		said: []string{"aine", "aines", "antiinflamatorio", "antiinflamatorios", "analgesicos no esteroideos"},
		atc:  []string{"M01A", "N02BA", "N02BB", "B01AC06", "S01BC"},
		stems: []string{
			"acetilsalicilico", "aspirina", "ibuprofeno", "naproxeno", "ketorolaco", "diclofenaco", "metamizol", "dipirona",
			"indometacina", "meloxicam", "piroxicam", "ketoprofeno", "clonixinato", "etoricoxib", "celecoxib", "nimesulida", "sulindaco", "aceclofenaco",
		},
	},
	{
		key: "macrolides", member: "es un macrólido", mates: true, said: []string{"macrolido", "macrolidos"},
		atc: []string{"J01FA"}, stems: []string{"eritromicina", "azitromicina", "claritromicina"},
	},
	{
		key: "lincosamides", member: "es una lincosamida", mates: true, said: []string{"lincosamida", "lincosamidas"},
		atc: []string{"J01FF"}, stems: []string{"clindamicina", "lincomicina"},
	},
	{
		key: "quinolones", member: "es una quinolona", mates: true, said: []string{"quinolona", "quinolonas", "fluoroquinolonas"},
		atc: []string{"J01M", "S01AE", "S02AA15"}, stems: []string{"floxacino"},
	},
	{
		key: "tetracyclines", member: "es una tetraciclina", mates: true, said: []string{"tetraciclina", "tetraciclinas"},
		atc: []string{"J01AA"}, stems: []string{"ciclina"},
	},
	{
		key: "aminoglycosides", member: "es un aminoglucósido", mates: true, said: []string{"aminoglucosido", "aminoglucosidos"},
		atc: []string{"J01G"}, stems: []string{"amikacina", "gentamicina", "tobramicina", "estreptomicina", "neomicina"},
	},
	{
		key: "opioids", member: "es un opioide", said: []string{"opioide", "opioides", "opiaceos"}, atc: []string{"N02A", "N01AH"},
		stems: []string{"morfina", "codeina", "tramadol", "fentanilo", "buprenorfina", "oxicodona", "tapentadol", "nalbufina"},
	},
	{
		key: "local_anesthetics", member: "es un anestésico local", said: []string{"anestesicos locales", "anestesico local"},
		atc: []string{"N01B"}, stems: []string{"lidocaina", "bupivacaina", "ropivacaina", "mepivacaina"},
	},
	{
		key: "ace_inhibitors", member: "es un inhibidor de la enzima convertidora de angiotensina", mates: true,
		said: []string{"ieca", "iecas"}, atc: []string{"C09A", "C09B"}, stems: []string{"enalapril", "captopril", "lisinopril", "ramipril", "perindopril"},
	},
	{
		key: "statins", member: "es una estatina", said: []string{"estatina", "estatinas"}, atc: []string{"C10AA"}, stems: []string{"vastatina"},
	},
	{
		key: "aromatic_anticonvulsants", member: "es un anticonvulsivo aromático",
		said: []string{"anticonvulsivos aromaticos"}, atc: []string{"N03AA", "N03AB", "N03AF", "N03AX09"},
		stems: []string{"carbamazepina", "oxcarbazepina", "fenitoina", "fenobarbital", "primidona", "lamotrigina"},
	},
	{
		key: "iodinated_contrast", member: "es un medio de contraste yodado", mates: true,
		said: []string{"medio de contraste", "medio de contraste yodado", "contraste yodado"}, atc: []string{"V08A"}, stems: []string{"iohexol", "iopamidol"},
	},
}

func classOf(key string) (class, bool) {
	i := slices.IndexFunc(classes, func(c class) bool { return c.key == key })
	if i < 0 {
		return class{}, false
	}
	return classes[i], true
}

// has tells whether a substance belongs to the class: by a code, else by name.
func (c class) has(i Ingredient) bool {
	for _, code := range i.ATC {
		for _, prefix := range c.atc {
			if strings.HasPrefix(code, prefix) {
				return true
			}
		}
	}
	return slices.ContainsFunc(c.stems, func(stem string) bool {
		return strings.Contains(i.Name, stem) && (len(stem) > 4 || strings.HasPrefix(i.Name, stem))
	})
}

// named gives the class that an allergy is to as a whole: by its code, else by
// what was written.
func named(a AllergyFact) (class, bool) {
	if key, ok := strings.CutPrefix(a.Code, "class:"); ok {
		return classOf(key)
	}
	substance := fold(a.Substance)
	for _, c := range classes {
		if slices.ContainsFunc(c.said, func(said string) bool { return hasWords(substance, said) }) {
			return c, true
		}
	}
	return class{}, false
}
