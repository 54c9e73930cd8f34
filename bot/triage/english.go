package triage

// What triage knows of English. Medical words are in packs.

// englishLight are words that may stand between the words of a sign without counting: they change how a thing is
// said, not what.
const englishLight = `a an the my your his her hers their theirs our ours its this that these those some any
i im ive me you u ur he hes she shes it we they them him us
am is are r was were be been being have has had having got get gets getting gotten
do does did to of in on at for with from into by as
very so really just even quite rather pretty proper properly totally completely literally actually basically kinda sorta
bit little much more too also all whole entire own like fully absolutely severely severe suddenly sudden
now today tonight then still always constantly keep keeps kept going goes go went
and n or lol omg tbh ngl fucking fuckin bloody damn effing well feel feels feeling felt`

// englishNot is the word that verbs contract with, englishContracts the verbs and what they become.
const (
	englishNot       = "not"
	englishContracts = "did didnt do dont does doesnt could couldnt would wouldnt will wont can cant is isnt are arent was wasnt were werent has hasnt have havent had hadnt"
)

// englishSpellings are how words are written in chats: the first word of a line is what the others stand for.
const englishSpellings = `
cant cnt cannot canot kant carnt cantt
couldnt couldn coudnt cudnt
wont wnt
dont dnt donot
are r
you u ya
your ur
going goin goinn gonna
because cos cuz coz bc bcos becos
with wiv wif wth
when wen
what wot wat
where wer
the teh da
this dis
that dat
have hav av
and an nd n
now nao nw
since sinse sins snce sence
been ben bin
both bth boff
without wout wo
down doun dwn
week wk
weeks wks weekss
month mnth mth
months mnths mths
year yr
years yrs
hour hr
hours hrs
minute min
minutes mins
morning mornin morn
temperature temp tempreture temprature temperture
temperatures temps
degree deg
degrees degs
bottom botom
before befor b4
tonight tonite 2nite
today 2day tday
tomorrow tomoz 2moro
people ppl
doctor dr doc
doctors docs drs
breakfast breakfst brekkie
walking walkin
walk wlk
something sumthing sumtin smth
nothing nuffin nothin nuthin
everything everythin
anything anythin
killing killin
hurting hurtin
giving givin
know kno no1
myself meself mysel
himself hisself
themselves themself theirself
please pls plz
really rly
though tho
want wanna
just jus
work wrk wurk
working wrking wurking workin
properly proply proplee propely
gone gon
`

// englishIrregular are forms that no rule finds: the first word of a line is what the others are forms of.
const englishIrregular = `
lose lost loses losing loss losses loosing loose loosed
feel felt feels feeling feelings
wake woke woken wakes waking waken wakened awake awoke awoken awakes awaken awakened
go goes went gone going
get gets got getting gotten
die died dies dying
shake shook shaken shakes shaking shaky
fall fell fallen falls falling
keep kept keeps keeping
lie lay lies lying lain laying lays
stand stood stands standing
sit sat sits sitting
run ran runs running
hold held holds holding
tell told tells telling
leave left leaves leaving
begin began begun begins beginning
freeze froze frozen freezes freezing
rise rose risen rises rising
shoot shot shoots shooting
sleep slept sleeps sleeping asleep
think thought thinks thinking
write wrote written writes writing writen
say said says saying
make made makes making
take took taken takes taking
give gave given gives giving
come came comes coming
know knew known knows knowing
foot feet foots
man men
woman women
knife knives
spread spreading spreads
burn burnt burning burns burned
`

// englishNumbers are numbers in words. Vague ones have the least value that people mean by them.
func englishNumbers() map[string]float64 {
	return map[string]float64{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2, "few": 3, "several": 4, "dozen": 12,
		"many": 10, "hundred": 100,
	}
}
