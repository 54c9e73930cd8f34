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

// englishJoins are words that join the items of a list, englishAnswers those that deny what was asked: "fever: no".
const (
	englishJoins   = "and or nor n plus"
	englishAnswers = "no none nope nah negative neg never nil absent clear 0 zero"
)

// englishScope are the wordings that decide what a sign means. scope.go says what becomes of each kind.
func englishScope() map[string][]string {
	return map[string][]string{
		// No sign of it: reaches over the items of a list.
		"none": {
			`"no"`, `"without"`, `"zero"`, `"none"`, `"nor"`, `"neither"`, `"deny"`, `"denies"`, `"denied"`, `"denying"`, `"nope"`, `"nah"`, `"nil"`,
			`"free of"`, `"free from"`, `"negative for"`, `"absence of"`, `"rule out"`, `"ruled out"`, `"clear of"`, `"rather than"`, `"instead of"`,
		},
		// It is not so: reaches to the end of the clause.
		"not": {
			`"not"`, `"dont"`, `"doesnt"`, `"didnt"`, `"isnt"`, `"arent"`, `"wasnt"`, `"werent"`, `"havent"`, `"hasnt"`, `"hadnt"`, `"never"`, `"aint"`,
			`"doubt"`, `"unlikely"`, `"wouldnt"`,
		},
		// A denial that is itself the sign.
		"unable": {`"cant"`, `"couldnt"`, `"wont"`, `"unable"`, `"not able"`, `"no longer"`, `"not being able"`, `"havent been able"`, `"hasnt been able"`, `"cannot"`, `"can not"`},
		// These hold a "no" or "not" and deny nothing.
		"affirm": {
			`"not sure"`, `"no idea"`, `"no clue"`, `(dont | doesnt | didnt | not | never) (know | understand | realise | realize | notice | expect | see | get | remember)`,
			`"not only"`, `"not just"`, `"not normal"`, `"not right"`, `"not good"`, `"not ok"`, `"not well"`, `"not better"`, `"not improving"`, `"not great"`, `"isnt right"`, `"not kidding"`, `"not joking"`,
			`"no joke"`, `"no lie"`, `"not gonna lie"`, `"not going to lie"`, `"not lie"`, `"no matter"`, `"no wonder"`, `"no doubt"`, `"no offence"`, `"no offense"`,
			`(not | dont | isnt | never) (help | helping | stop | stopping | work | working | improve | improving | budge | go away | shift | ease | let up)`,
			`(dont | didnt | havent | never) (sleep | slept | ate | eat)`, `"dont want"`, `"didnt want"`, `"dont care"`, `"dont laugh"`, `"dont judge"`,
			`(never | not) (felt | had | been | seen | known | experienced | happened | done) (this | like this | it before | anything like | so | before | such | that before | to me)`, `"not being"`, `"not exaggerating"`, `"not to be"`,
			`"wouldnt care"`, `"wouldnt mind"`, `"dont mind"`, `"why not"`, `"if not"`, `"or not"`, `"not drunk"`, `"no good"`, `"no better"`, `"no warning"`, `"no reason"`, `"no longer than"`, `"no one"`, `"no sleep"`, `"no way"`, `"no help"`,
			`"not being able"`, `"not able"`, `"not been able"`, `"not funny"`, `"not like"`, `"not a joke"`, `"not my"`, `"not from"`, `"not because"`, `"not until"`, `"not before"`,
			`"havent been able"`, `"hasnt been able"`, `"never mind"`, `"no more"`, `"not long"`, `"no rush"`, `"no hurry"`, `"no injury"`, `"no fall"`, `"no accident"`,
		},
		// Another thought begins: what was denied or over before is not so behind it.
		"turn": {
			`"but"`, `"however"`, `"although"`, `"though"`, `"tho"`, `"except"`, `"besides"`, `"yet"`, `"only"`, `"just"`, `"instead"`, `"otherwise"`, `"aside"`, `"apart"`,
			`"because"`, `"so"`, `"then"`, `"until"`, `"till"`, `"whereas"`, `"while"`, `"since"`, `"now"`, `"today"`, `"tonight"`, `"meanwhile"`, `"bar"`, `"other than"`, `"suddenly"`, `"when"`, `"and now"`, `"plus"`, `"cept"`, `"actual"`, `"actually"`, `"if"`,
		},
		// Somebody begins to speak of somebody.
		"subject": {`"i"`, `"im"`, `"ive"`, `"id"`, `"he"`, `"she"`, `"hes"`, `"shes"`, `"they"`, `"we"`, `"theyre"`, `"its"`, `"it"`, `"weve"`, `"theres"`, `"there"`},
		"whose":   {`"my"`, `"his"`, `"her"`, `"their"`, `"our"`, `"mum"`, `"dad"`, `"mums"`, `"wife"`, `"husband"`, `"partner"`, `"both"`},
		// What follows is a thing of its own: "the pain has gone".
		"owner": {`"the"`, `"my"`, `"his"`, `"her"`, `"their"`, `"our"`, `"your"`},
		// "I don't think I have": the subject belongs to the thought.
		"opinion": {`"think"`, `"believe"`, `"reckon"`, `"suppose"`, `"say"`, `"feel like"`, `"mean"`, `"that"`, `"guess"`},
		// It was so once.
		"past": {
			`(year | years | decade | decades | ages | yrs) (ago | back)`, `1-60 (year | years) (ago | back)`, `"used to"`, `"as a (kid)"`, `"as a kid"`, `"as a child"`, `"as a teenager"`, `"as a teen"`, `"when i was"`, `"when he was"`, `"when she was"`,
			`(in | back in) 1950-2024`, `"in the" (50s | 60s | 70s | 80s | 90s | 00s | 1980s | 1990s | 2000s | 2010s | noughties | eighties | nineties | seventies)`, `"last year"`, `"last month"`, `"last century"`, `"my late"`, `"our late"`,
			`"history of"`, `"previously"`, `"formerly"`, `"in my (teens)"`, `"in my" (teens | twenties | thirties | 20s | 30s | 40s | forties | youth)`, `"back then"`, `"back in the day"`, `"one time"`, `"once had"`, `"long ago"`, `"a while back"`,
			`ex ... sufferer`, `(ex | former | recovered) sufferer`, `"former"`, `"in a past life"`, `"at uni"`, `"in school"`, `"at school"`, `"first pregnancy"`, `"last pregnancy"`, `"before the op"`, `"before the operation"`, `"before my operation"`, `"before my op"`, `"before the new"`, `"before surgery"`, `"before the surgery"`, `"before my surgery"`,
		},
		// It is over.
		"over": {
			`(gone | fine | ok | okay | well | happy | better | good | great | sorted | normal | resolved | clear | healed | settled | recovered) "now"`, `"long gone"`, `"long over"`, `"long past"`, `"long behind me"`, `"went away"`, `"gone away"`, `"cleared up"`, `"passed now"`,
			`"fully recovered"`, `"recovered"`, `"made a full recovery"`, `"ruled out"`, `"resolved"`, `"healed"`, `"cured"`, `"sorted itself"`, `"back to normal"`, `"all clear"`, `"all good"`, `"all fine"`, `"all ok"`,
			`"gone since"`, `"treated and done"`, `"never again"`, `"never since"`, `"not since"`, `"sorted itself out"`, `"pain free"`, `"symptom free"`, `"no longer"`, `"not now"`, `"not anymore"`, `"not any more"`, `"doing great"`, `"doing well"`, `"doing fine"`, `"got over it"`, `"got better"`, `"came back negative"`, `"turned out to be nothing"`,
			`"was nothing"`, `"turned out fine"`, `"havent had it since"`, `"hasnt happened since"`, `"fine since"`, `"fine ever since"`, `"good since"`, `"ok since"`,
			`"is fixed"`, `"fixed it"`, `"fixed now"`, `"all sorted"`, `"in remission"`, `"under control now"`, `"came back" (fully | completely)`, `"stopped now"`, `"wore off"`,
		},
		// The same, where nothing follows it: "it has gone", but not "it has gone numb".
		"went": {`"is gone"`, `"thats gone"`, `"has gone"`, `"have gone"`, `"its gone"`, `"all gone"`, `"completely gone"`, `"gone completely"`, `"are gone"`, `"passed"`, `"has stopped"`, `"it stopped"`, `"none since"`, `"nothing since"`},
		// It is so now, whatever was.
		"present": {`"now"`, `"today"`, `"tonight"`, `"this morning"`, `"this afternoon"`, `"this evening"`, `"currently"`, `"again"`, `"right now"`, `"yesterday"`, `"lately"`, `"recently"`, `"getting worse"`, `"at the moment"`, `"this week"`, `"since"`, `"last night"`, `"back again"`, `"atm"`, `"rn"`},
		"still":   {`"still"`},
		// Asked of everyone, or of what may come.
		"general": {
			`(what | whats | which) (is | are | counts | does | do)`, `"whats"`, `"what is"`, `"what are"`, `(is | are | can | does | do | could | will) ... (red flag | red flags | cause | affect | mean | count | usually | normally | common | happen | lead to | the same as | different)`,
			`(symptom | sign | symptoms | signs) "of"`, `"how common"`, `"how do you know"`, `"how would you know"`, `"how can you tell"`, `"is it true"`, `"at what" temperature`, `"when should"`, `"when do you"`, `"difference between"`, `"explain"`, `"meaning of"`, `"define"`, `"what does"`, `"what do you"`,
			`"asking for the wiki"`, `"the article"`, `"the leaflet"`, `"the guide"`, `"the page"`, `"the list"`, `"i read"`, `"i heard"`, `"ive read"`, `"ive heard"`, `"saw a"`, `"read about"`, `"saying that"`, `"says that"`, `"can you get"`, `"do people"`, `"does anyone know"`,
			`"someone who"`, `"people who"`, `"people with"`, `"anyone who"`, `"if someone"`, `"if somebody"`, `"how does"`, `"why does"`, `"how is"`,
		},
		"supposed": {
			`"what if"`, `"in case"`, `"if i ever"`, `"risk of"`, `"to avoid"`, `"to prevent"`, `"avoid"`, `"prevent"`, `"scared of"`, `"afraid of"`, `"fear of"`, `"terrified of"`, `"would it"`, `"will it"`, `"could it"`, `"if i get"`, `"if i got"`,
			`"if i had"`, `"if i develop"`, `"if i start"`, `"should i get"`, `"look out for"`, `"watch for"`, `"watch out for"`, `"watching for"`, `"told to look"`, `"chance of"`, `"worried about getting"`, `"until i get"`, `"unless i"`, `"as long as i"`, `"before i"`,
		},
	}
}

// englishKnown are common words that a slip in a medical word could be taken for, or the other way round. A word
// that is here is read as it stands.
const englishKnown = `
about above across act add afraid after again age ago agree air all allow almost alone along already also always among angry another answer any anyone anything apart
area arm around arrive art ask away baby back bad bag ball band bank bar base basic bath beach bean bear beat beats beautiful bed been beer before began begin behind being believe bell below belt
bend bent beside best bet better between bicycle big bike bill bird birth bit bite bits black blame bleed blind block blood blow blue board boat body boil bone book boot boots born both bother bottle
bottom bought bound bow bowl bowls box boy brain brake branch brave bread break breath breathe bridge brief bright bring broke broken brother brown brush build building bump burn burst bus busy button buy
cab cabin cake call calm came camp can candle candles cap car card care careful carry cart case cash cast cat catch cause caught centre certain chain chair chance change chap charge chart chat cheap
cheat check cheek cheer cheers cheese chest chew chicken chief child chill chin china chip chips choice choose church circle city claim class clean clear clever climb clock close cloth clothes cloud club coach coal coast
coat code coffee coin cold collect colour come comfort common company complete computer concern condition confuse connect consider contain content continue control cook cool cope copy corner correct cost couch cough could count country
couple course court cousin cover crack cream create credit cross crowd cruel cry cup cure curl current curse curve cushion cut cycle dad daily damp dance danger dare dark date daughter day deal dear death debt
decide deck deep degree deliver demand depend describe desert design desk detail develop dice did die died diet difference difficult dig dim dine dinner dip direct dirt dirty discuss disease dish distance dive divide do doctor dog
does dog doll done door double doubt down dozen drag draw drawer dream dress drew drill drink drive drop drops drove drown drum drunk dry duck due dull dumb during dust duty dying each ear early earn
earth ease easy east eat edge edit effect effort egg eight either elbow else empty end enemy energy engine enjoy enough enter equal escape even evening event ever every exact except excuse exercise exist expect expert explain
eye face fact fail failed fair faith fall false family famous fan far farm fast fat father fault favour fear feast feather feature feed feel feet fell fellow felt fence fever fewer few field fight figure file fill film
final find fine finger finish fire firm first fish fist fit five fix flag flame flat fled flesh flew flies flight float flood floor flow flower flown fly fold folk follow food fool foot force foreign forest forget
forgive fork form former fort forward found four fox frame free freeze fresh friend fright from front frost fruit fry fuel full fun funny fur further future gain game garden gas gate gather gave general gentle get
giant gift girl give glad glass glue go goal goat god gold gone good got grab grade grain grand grandad granny grant grass grave gray great green greet grew grey grief grip groan ground group grow grown guard guess guest guide guilt
gun guy had hair half hall ham hand handle hang happen happy hard harm has hat hate have he head heal health heap hear heard heart heat heated heavy heel height held hell hello help hen her here hero
hide high hill him hint hip hips hire his history hit hobby hold hole holiday holy home honest honey hook hop hope horse hospital host hot hotel hour house how huge human humour hundred hung hungry hunt hurry hurt hush husband
ice idea ideal idle if ill imagine impossible improve in inch include increase indeed information inside instead intend interest into invite iron island issue itch item itself jacket jam jar jaw jelly jerk jet job jog join joint joke jolly
journey joy judge juice jump junior just keen keep kept key kick kid kids kill kind king kiss kit kitchen knee knees knew knife knit knock knot know known lab labour lack ladder lady laid lake lamb lamp land lane
language lap large last late laugh law lawn lay lazy lead leaf leak lean leap learn least leather leave led left leg legal lemon lend length less lesson let letter level library lick lid lie life lift light like likely
limb limit limp line lines link lion lip lips list listen lit little live load loan lock lonely long look loose lord lose loss lost lot lots loud love low luck lucky lump lunch lung lying machine mad made mail main make male
man manage many map march mark market marry mass master mat match mate material matter may maybe me meal mean means meant measure meat medical meet melt member memory men mend mental mention mess message met metal middle might mild mile milk mind
mine minor minute mirror miss mist mistake mix model modern moment money month mood moon moral more morning most mother motion mountain mouse mouth move movie much mud mum murder muscle music must my nail naked name narrow nasty nation nature naughty near neat
neck need needle neighbour nephew nerve nerves nervous nest net never new news next nice niece night nine nobody nod noise none noon nor normal north nose not note nothing notice now number nurse nut oak obey object observe ocean odd
of off offer office often oil ok old once one onion only open opinion or orange order ordinary other ought our out outside over own owner pace pack pad page paid pain paint pair pale palm pan pants paper parcel pardon parent park part particular
partner party pass passed past paste path patience patient pattern pause pay peace peak pear pen pencil people pepper per perfect perhaps period person pet phone photo physical piano pick picture pie piece pig pile pill pillow pilot pin pinch pink pint pipe
pit place plain plan plane plant plate play please pleasure plenty plot plug plus pocket poem point poison pole police polite pond pool poor pop pope port pose position possible post pot potato pound pour power practice praise pray prefer present press pretty prevent price pride
priest prince print prison private prize probably problem produce programme promise proof proper protect proud prove public pull pump punch punish pupil pure purple push put puzzle quality quarter queen question quick quiet quite race radio rail rain raise ran range rank
rare rate rather raw reach read ready real really reason receive recent record red reduce refuse regular relax remain remember remind remove rent repair repeat reply report request rescue rest result retire return review reward ribs rice rich rid ride right ring rise risk
rival river road roast rob rock rod role roll roof room root rope rose rough round route row royal rub rubber rubbish rude ruin rule run rush sad saddle safe said sail salad salt same sand sat sauce save saw say scale scare scared scene school science
scissors score scratch scream screen screw sea search season seat second secret see seed seek seem seen self sell send sense sensation sent separate series serious serve service set settle seven several severe sew sex shade shadow shake shall shame shape share sharp shave she sheep sheet
shelf shell shelter shift shine ship shirt shock shoe shook shoot shop short shot should shoulder shout show shower shut shy sick side sight sign signal silence silk silly silver similar simple since sing sink sister sit site situation six size skill skin skirt sky
slap sleep slept slice slide slight slip slope slow small smart smell smile smoke smooth snake snap snow so soap sober sock socks soft soil sold soldier sole solid solve some son song soon sore sorry sort soul sound soup sour south space spare speak special speech speed
spell spend spent spill spin spine spirit spit spite splash split spoil spoke spoon spooning sport spot spread spring square squeeze stable staff stage stair stairs stamp stand star stare start starve state station stay steady steal steam steel steep steer step stick stiff still sting stir stock
stole stomach stone stood stool stop store storm story stove straight strain strange stranger stream street strength stress stretch strict strike string strip stripe stroke strong struck stuck study stuff stupid style subject succeed such sudden suffer sugar suggest suit sum summer sun supper supply support suppose
sure surface surprise surround swallow swam swear sweat sweep sweet swell swept swift swim swing switch sword sympathy system table tail tailor take taken tale talk tall tame tank tap tape task taste tax taxi tea teach team tear tears teeth tell temper temple tempt ten tend tender tennis
tent term terrible test text than thank thanks that then there these they thick thief thigh thin thing think third thirst thirsty this thorough those though thought thousand thread threat three threw throat through throw thumb thunder thus ticket tide tidy tie tied tight till time tin tiny tip tire tired title to
toast toe toes together toilet told tomato tomorrow ton tone tongue tonight too took tool tooth top total touch tough tour toward towel tower town toy track trade tradition traffic trail train translate trap travel treat tree tremble trial triangle trick tried tries trip trouble trousers truck true trunk trust truth try
tube tune tunnel turn twelve twenty twice twin twist two type typical tyre ugly umbrella uncle under understand union unite unit universe university unless until up upon upset urge urgent us use used useful usual vain valley value van variety various vast vegetable very view village violent virtue visit voice vote
wage waist wait walk wall wander want war warm warmth warn wash waste watch water wave wax way we weak weaker wealth weapon wear weather wedding week weekly weigh weight welcome well went were west wet whale what wheat wheel when where whether which while whip whisper whistle white who whole whose why wide
wife wild will win wind window wine wing winter wipe wire wise wish with witness woke woman women wonder wood wooden wool word work working world worm worn worry worse worst worth would wound wrap wreck wrist write writing wrong wrote yard year yellow yes yesterday yet young youth zero
feverfew favor favour fervor lever never sever forever fewer fear number numbers dumber lumber plumber thumbs crumb plumb humble tumble mumble rumble jumble nimble
wales walked talked balked bladed blander blender ladder bowed bowel bowels bowl bowls vowel vowels towel towels trowel howl growl prowl
groom groan green grown grain groins bring bold loins coins joins joint joints joins
legend legs eggs begs pegs lugs logs lags leggy legit
wetter better letter setter getting letting setting sitting petting betting netting vetting jetting whetting
chills chilli chilly chicks chips child drills grills skills spills thrills shills
shivers slivers shiver silver sliver quiver river rivers driver drivers
sweater sweaters sweet sweats swears swear treat threat great
tempo temper tempted template temples
tingle single jingle mingle tangle tingly singly kingly dangle
spice spine shine spin swine spice spike spite spins opine
suited suites suicidal suicide sucked sided
harm harms charm charms farm arms army hard hare harp
killed skilled filled billed milled drilled chilled grilled thrilled spilled willed
dying drying trying crying buying lying tying dyeing dining diving
control controls patrol contrast console consul contra
feelings peelings feeling heeling reeling peeling dealing healing kneeling sealing stealing
walking talking waking wakening working wanking stalking balking
weakly weekly weakest weekend weekends weeks wreaks leaks peaks beaks
drop drops dropped crops props prop chopped shopped dripped droop drooped
sciatica sciatic asiatic erratic static
buttons button mutton buttock buttocks
thighs sighs highs thigh nights lights rights fights tights sights
genial gentle genital genitals genius gentiles general generals
scared scarred shared snared stared spared seared sacred
panic manic picnic panics
pelvis elvis pelvic
rectal rental retail recital recall renal
anal canal annual banal
penis pens pennies tennis genies
vulva volvo vagina china angina
numbness dumbness
pains plains paint paints paid pair pairs rain gain main pan pans panes
spasm spasms sarcasm
stubble stumble humble tumble bubble stubbed stabbed
electric electrical eclectic elastic
shooting shouting scooting hooting rooting looting
burning turning churning learning earning mourning
nerve nerves never serve verve swerve
stab stabs stable slab scab star start
jolt jolts bolt colt volt molt dolt joint
ache aches each achey achy acre
awoke awake aware aware await wake wakes waves wave
rest rests test best nest pest vest west crest chest rust
calf calves half halves calm call
ankle ankles uncle angle rankle
crotch church clutch crutch crutches crouch
bum bums bump but gum sum hum rum mum
perineum premium
faeces feces faces
stool stools tools spool school schools
urine marine urban
pooing booing mooing cooing wooing
peeing seeing being fleeing keying peering peeling teeing
wees weeds weed week weep
pads pad dads lads
soaked socked soaring
leaking leaning leaving leading peaking speaking sneaking
heavy heave heaven heavily
cotton cottons rotten gotten
wool pool cool fool tool wood
jelly belly smelly kelly
wobbly wobble gobble hobble
collapse collapsed
paralysed analysed paralyzed analyzed
`
