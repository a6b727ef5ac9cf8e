package prescription

import "strings"

// listed are the substances that the Ley General de Salud names (234 and 245, by
// the fractions of 226), folded. They are only for products that the catalog
// does not have: the fraction belongs to the product.
var listed = listedSubstances()

func listedSubstances() map[string]string {
	out := map[string]string{}
	for fraction, names := range map[string]string{
		"I": `morfina oxicodona hidromorfona hidrocodona fentanilo sufentanilo alfentanilo metadona petidina buprenorfina
			codeina dihidrocodeina dextropropoxifeno difenoxilato metilfenidato anfetamina dexanfetamina butorfanol
			nalbufina pentobarbital secobarbital amobarbital`,
		"II": `alprazolam bromazepam clobazam clonazepam clorazepato clordiazepoxido diazepam flunitrazepam lorazepam
			midazolam nitrazepam oxazepam triazolam zopiclona clozapina risperidona pimozida ketamina efedrina
			pseudoefedrina fenilpropanolamina ergotamina anfepramona clobenzorex fendimetrazina fenproporex fentermina
			mefenorex carisoprodol meprobamato trihexifenidilo cloral`,
		"III": `amitriptilina biperideno buspirona carbamazepina clomipramina clorpromazina fenobarbital haloperidol
			hidroxicina imipramina levodopa carbidopa litio nortriptilina perfenazina sertralina sulpirida tramadol
			trazodona tioridazina valproico valproato flumazenil naloxona cafeina`,
	} {
		for _, name := range strings.Fields(names) {
			out[name] = fraction
		}
	}
	return out
}

// listedAs gives the fraction under which the law lists a substance of the item,
// the strictest where there are several, and whether it is the only substance.
func listedAs(all []Ingredient) (fraction, name string, alone bool) {
	for _, i := range all {
		for _, word := range strings.Fields(i.Name) {
			if f := listed[word]; f != "" && (fraction == "" || len(f) < len(fraction)) {
				fraction, name = f, word
			}
		}
	}
	return fraction, name, len(all) == 1
}
