package triage

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
