package triage

// The words of English that decide what a sign means. scope.go says what becomes of each kind.

// englishJoins are words that join the items of a list, englishAnswers those that deny what was asked ("fever: no"),
// englishSubjects those who do or suffer something, englishIts subjects that may be the sign itself.
const (
	englishJoins    = "and or nor n plus"
	englishAnswers  = "no none nope nah naw negative neg never nil nothing absent clear 0 zero"
	englishSubjects = "i im ive id he hes she shes we weve they theyre"
	englishIts      = "it its they theres that thats this these those all everything"
)

func englishScope() map[string][]string {
	return map[string][]string{
		// No sign of it: reaches over the items of a list.
		"none": {
			`"no"`, `"without"`, `"zero"`, `"none"`, `"nor"`, `"neither"`, `"deny"`, `"denies"`, `"denied"`, `"denying"`, `"nope"`, `"nah"`, `"nil"`, `"nae"`,
			`"free of"`, `"free from"`, `"negative for"`, `"absence of"`, `"rule out"`, `"rules out"`, `"ruled out"`, `"clear of"`, `"rather than"`, `"instead of"`, `"opposite of"`,
		},
		// It is not so: reaches to the end of the clause.
		"not": {
			`"not"`, `"dont"`, `"doesnt"`, `"didnt"`, `"isnt"`, `"arent"`, `"wasnt"`, `"werent"`, `"havent"`, `"hasnt"`, `"hadnt"`, `"never"`, `"aint"`, `"didnae"`, `"havenae"`, `"isnae"`,
			`"doubt"`, `"unlikely"`, `"wouldnt" (do | hurt | harm | dream | ever | say | call | think | consider | describe)`,
		},
		// A denial that is itself the sign.
		"unable": {
			`"cant"`, `"couldnt"`, `"wont"`, `"unable"`, `"not able"`, `"no longer"`, `"not being able"`, `"havent been able"`, `"hasnt been able"`, `"cannot"`, `"can not"`, `"couldna"`, `"cannae"`,
			`"nothing"`, `"nowt"`, `"barely"`, `"hardly"`, `"scarcely"`,
		},
		// A whole thought is taken back, also one that says "can't".
		"unsaid": {
			`(its | it | thats | is) "not" (like | as if | as though | that) (i | he | she | my | im | its | we)`, `("not once" | "never once" | "at no point") (have | has | did | had | do | does)`, `"far from"`, `"nowhere near"`, `(wouldnt | cant | couldnt) say (that | i | my | im | ive | its)`, `"not as if"`, `"not as though"`, `(dont | doesnt | didnt | not | never) feel (weak | numb | tingly | unsteady | wobbly | feverish | ill | hot | cold | shivery | sick | unwell | different | wrong | heavy | bad)`, `(never | not | havent | hasnt | hadnt | didnt | dont | doesnt | isnt | arent | without) (lost | lose | losing) ... (feeling | sensation | control | strength | power | use | function)`, `"nothing" (feels | is | was | goes | went) (numb | weak | tingly | dead | wrong | off | different | amiss)`, `"no loss of"`, `"no lack of"`, `"without loss of"`, `"without losing"`, `"no reduction in"`, `"no change in"`, `"no risk of"`, `"no sign of"`, `"no hint of"`,
			`(no | without | never | not) ... (trouble | trouble with | difficulty | difficulties | problem | problems | problem with | problems with | issue | issues | issues with) (starting | getting | going | holding | controlling | passing | emptying | with | moving | lifting | walking | standing | feeling)`,
		},
		// What is no patient: where a clause begins with it, the clause is about it.
		"thing": {
			`(dog | dogs | puppy | cat | cats | kitten | horse | hamster | rabbit | parrot | budgie | goldfish | tortoise | cow | calf | pug | labrador | spaniel | terrier | collie | dachshund | greyhound)`, `(baby | babys | newborn | toddler | toddlers | infant | bairn)`, `(one | two | three | four | 1-5) (year | month | week) "old"`, `"little one"`,
			`(wifi | internet | broadband | phone | iphone | laptop | router | printer | battery | console | xbox | playstation | server | app | bot | keyboard | tv | telly | website | pc | computer | tablet | software | game | film | movie | show | series | episode | song | album | trailer | book | novel | podcast | tap | boiler | roof | gutter | ceiling | dishwasher | fridge | kettle | radiator | washer | hoover | engine | van | truck | tyre | tent | table | desk | shelf | government | council | economy | market | weather | pope)`,
			`(washing | coffee | vending) machine`, `hot water bottle`, `(table | chair | desk | bed | stool | sofa | piano) (leg | legs)`, `(leg | legs | foot) "of" (the | my | our | a | this) (table | chair | desk | bed | stool | sofa | page | hill | stairs)`,
		},
		// What happens in it happens to nobody.
		"story": {
			`(in | of | from | reading | writing) (the | my | a | this | that | his | her | our | last nights) (novel | book | film | movie | show | series | episode | story | song | comic | anime | dream | play | game | soap | drama | thriller)`, `(in | for) (dogs | cats | horses | pets | animals | puppies)`, `"in" (minecraft | fortnite | sims | eastenders | casualty | hamlet)`, `"the" (hero | heroine | villain | protagonist | detective | zombie | zombies | vampire)`, `(main | my | a | the) character`,
		},
		// Said right behind a part of the body: it is well.
		"well": {
			`(fine | ok | okay | normal | normally | grand | perfect | perfectly | intact | unaffected | unchanged | healthy | regular | clear | steady | brilliant | tip top | behaving | untouched)`,
			`(good | great | well)`, `(all | still | are | is | were | both | just) (good | great | well | working | works | work)`, `(all | still) there`, `(legs | leg | knees | feet | foot | ankles | both | still | all) strong`, `"works"`, `"as" (usual | always | before | normal | ever | it should | they should | it was | they were)`, `like (a horse | a racehorse | a champ | a dream | a charm | clockwork | always | before | normal)`, `"the same as" (ever | always | before)`, `"same as" (ever | always | before)`, `no (problem | problems | trouble | bother | issue | issues | change | changes | complaints | concerns)`, `"in order"`, `"under control"`, `"not affected"`, `"not a problem"`, `"not an issue"`, `all (ok | okay | fine | good | normal | clear | present | intact)`,
		},
		// What was, and what is: the verbs that tell a story from a complaint.
		"was": {
			`(was | were | had | did | didnt | couldnt | wasnt | werent | hadnt | wouldnt | would | could | went | gave | got | lost | felt | came | fell | kept | woke | shook | ran | left | let | dragged | buckled | collapsed | folded | leaked | peed | pissed | dribbled | burned | burnt | dropped | tripped | stopped | started | began | needed | wore | hurt | ached | tingled | spread | shot | swelled | froze | shivered | sweated | soaked | messed | soiled | pooed | broke | took | made | cleared | disappeared | vanished)`,
		},
		"is": {
			`(is | are | am | im | ive | has | hasnt | isnt | arent | cant | cannot | dont | doesnt | wont | keeps | keep | gets | gives | goes | feels | feel | leaks | leak | drags | drops | buckle | buckles | gives | give | wakes | hurts | tingles | burns | needs | need | comes | runs | theyre | hes | shes | aint | cannae | its | thats | been)`,
		},
		// These hold a "no" or "not" and deny nothing.
		"affirm": {
			`"not sure"`, `"no idea"`, `"no clue"`, `(dont | doesnt | didnt | not | never) (know | understand | realise | realize | notice | expect | see | get | remember)`,
			`(not | havent | hasnt | never | didnt | dont | hadnt) (tell | told | mentioned | mention | said | spoken | shared | admitted | asked) (you | her | him | them | anyone | anybody | a soul | my | that)`,
			`"not only"`, `"not just"`, `"not normal"`, `"not right"`, `"not good"`, `"not ok"`, `"not well"`, `"not better"`, `"not improving"`, `"not great"`, `"isnt right"`, `"not kidding"`, `"not joking"`,
			`"no joke"`, `"no lie"`, `"no cap"`, `"no kidding"`, `"no exaggeration"`, `"no word of a lie"`, `"no surprise"`, `"not gonna lie"`, `"not going to lie"`, `"not lie"`, `"no matter"`, `"no wonder"`, `"no doubt"`, `"no offence"`, `"no offense"`, `"no question"`, `"no thanks"`, `"no thank you"`,
			`(not | dont | doesnt | didnt | wont | isnt | never) (help | helping | stop | stopping | work | working | improve | improving | budge | go away | shift | ease | let up)`,
			`(dont | didnt | havent | never) (sleep | slept | ate | eat)`, `"dont care"`, `"dont laugh"`, `"dont judge"`,
			`(never | not) (felt | had | been | seen | known | experienced | happened | done) (this | like this | it before | anything like | so | before | such | that before | to me)`, `"not being"`, `"not exaggerating"`, `"not to be"`,
			`"wouldnt care"`, `"wouldnt mind"`, `"dont mind"`, `"why not"`, `"if not"`, `"or not"`, `"not drunk"`, `"no good"`, `"no better"`, `"no warning"`, `"no reason"`, `"no longer than"`, `"no one"`, `"no sleep"`, `"no way"`, `"no help"`, `"no rest"`, `"no relief"`, `"no stopping"`, `"no difference"`,
			`(can | could | is | are | am | be | being | im) "no longer"`, `"no longer" (able | can | could | has | have | had | feel | control | hold)`,
			`"as well"`, `(than | as) (before | when | after | in | last)`, `(otherwise | besides that | apart from (that | this | it) | aside from (that | this | it) | other than (that | this)) ... (good | fine | ok | okay | well | great | perfect | healthy | normal | clear)`, `(since | before) "last" (year | summer | winter | spring | autumn | fall | christmas | month)`, `fine (all day | by day | during the day | in the day | in the daytime | enough)`,
			`"not being able"`, `"not able"`, `"not been able"`, `"not funny"`, `"not like"`, `"not a joke"`, `"not my"`, `"not from"`, `"not because"`, `"not until"`, `"not before"`,
			`"havent been able"`, `"hasnt been able"`, `"never mind"`, `"no more"`, `"not long"`, `"no rush"`, `"no hurry"`, `"no injury"`, `"no fall"`, `"no accident"`, `"so much as"`, `"used to be" (fine | ok | okay | good | normal | great | strong | perfect | able)`, `"used to" (manage | hold it | cope)`, `"dont want to" (ignore | worry | alarm | bother | scare | sound | seem | make | waste | leave | wait)`, `"what used to"`, `(the way | like | than | as | what) (i | he | she | it | we | they) "used to"`,
		},
		// Said behind what was asked: it is denied.
		"reply": {
			`(said | say | says | answered | answer is | replied | told (her | him | them | you)) (no | nope | none | nothing | never | nah | negative | all clear | all good | all fine)`, `"no to" (all | every | everything | each | both | that | those | them)`,
			`(none | neither | nothing) (of (that | those | these | it | them) | like that | like it | of the sort | of the kind)`, `(found | showed | shows | finds | saw | detected | reported) (none | nothing | no sign | neither)`, `(was | were | is | are | tested | came back | all | comes back) (negative | clear)`, `"there" (was | were | is | are) (none | nothing)`, `"none of that so far"`, `"havent had" (any | either | that | those | it | one)`, `"hasnt had" (any | either | that | those | it | one)`, `"have not had" (any | either | that | those)`,
			`"dont have" (any | either | those | them)`, `(that | those | it | them | which | neither) (i | he | she) (dont | doesnt | havent | hasnt) (have | got)`, `(dont | doesnt | havent | hasnt) (have | got) (that | it | one)`, `"got none"`, `"have none"`, `"had none"`, `"has none"`, `"nothing doing"`, `"nowt like that"`, `"not a thing"`,
		},
		// Another thought begins: what was denied or over before is not so behind it.
		"turn": {
			`"but"`, `"however"`, `"although"`, `"though"`, `"tho"`, `"except"`, `"besides"`, `"yet"`, `"only"`, `"just"`, `"instead"`, `"otherwise"`, `"aside"`, `"apart"`,
			`"because"`, `"so"`, `"then"`, `"until"`, `"till"`, `"whereas"`, `"while"`, `"since"`, `"now"`, `"today"`, `"tonight"`, `"meanwhile"`, `"bar"`, `"other than"`, `"suddenly"`, `"when"`, `"and now"`, `"plus"`, `"cept"`, `"actual"`, `"actually"`, `"if"`, `"still"`,
		},
		// A turn that sets what follows against what was before.
		"contrast": {`"but"`, `"however"`, `"yet"`, `"and now"`},
		// Somebody begins to speak of somebody.
		"subject": {`"i"`, `"im"`, `"ive"`, `"id"`, `"he"`, `"she"`, `"hes"`, `"shes"`, `"they"`, `"we"`, `"theyre"`, `"its"`, `"it"`, `"weve"`, `"theres"`, `"there"`},
		"whose":   {`"my"`, `"his"`, `"her"`, `"their"`, `"our"`, `"mum"`, `"dad"`, `"mums"`, `"wife"`, `"husband"`, `"partner"`},
		// What follows is a thing of its own: "the pain has gone".
		"owner": {`"the"`, `"my"`, `"his"`, `"her"`, `"their"`, `"our"`, `"your"`},
		// "I don't think I have": the subject belongs to the thought.
		"opinion": {`"call"`, `"describe"`, `"think"`, `"believe"`, `"reckon"`, `"suppose"`, `"say"`, `"feel like"`, `"mean"`, `"that"`, `"guess"`},
		// It was so once.
		"past": {
			`(year | years | decade | decades | ages | yrs | summers | winters | christmases) (ago | back | syne | since)`, `(year | years | decade | decades | yrs) ago "now"`, `1-60 (year | years | summers | winters) (ago | back)`, `(year | years) ... "earlier"`, `"long time ago"`, `"once upon a time"`, `(at the time | in those days | those days | that year | that summer | that winter | that spring)`, `(in | for) "the first" (week | weeks | days | month | months)`, `(day | days | week | weeks | months | night) "after my" (vaccine | jab | flu jab | vaccination | booster)`, `"as a" (kid | child | teenager | teen | nipper | lad | lass | boy | girl | baby | student | youngster)`,
			`(when | while) (i | he | she | we) (was | were) (a | an | at school | at uni | in | pregnant | carrying | expecting | young | younger | little | small | wee | 1-40 | about 1-40 | serving | born)`, `"when" (my | our | the) (son | daughter | kid | kids | child | children | eldest | youngest | twins | first | second | boy | girl | baby) (was | were) "born"`, `(during | in) labour`, `(giving | gave | given | after) birth`, `(at | saw) the birth`, `"pregnant with my"`, `"pregnant with our"`, `"after the twins"`,
			`(in | back in | was | year | of) 1950-2024`, `"back in" 0-24`, `(after | with) (covid | flu) "in" 2019-2024`, `"in the" (50s | 60s | 70s | 80s | 90s | 00s | 1980s | 1990s | 2000s | 2010s | noughties | eighties | nineties | seventies)`, `"last" (year | century | summer | winter | spring | autumn | fall | christmas)`, `"my late"`, `"our late"`,
			`"history of"`, `"previously"`, `"formerly"`, `"in my" (teens | twenties | thirties | 20s | 30s | 40s | forties | youth | early | late)`, `"back then"`, `"back in the day"`, `"at one time"`, `"once had"`, `"there was a time"`, `"long ago"`, `"a while back"`, `"a lifetime ago"`,
			`ex ... sufferer`, `(ex | former | recovered) sufferer`, `"former"`, `"in a past life"`, `(at | in) (uni | university | college | school | high school | primary school | boot camp | basic training)`, `"first pregnancy"`, `"last pregnancy"`, `"before" (his | her | my | the | their) (op | operation | surgery | laminectomy | discectomy | fusion | new | transplant)`, `"before surgery"`, `"was nine"`,
		},
		// It was so once, what follows.
		"once": {`"used to"`, `"would once"`},
		// It is over.
		"over": {
			`(gone | fine | ok | okay | well | happy | better | good | great | grand | sorted | normal | resolved | clear | healed | settled | recovered | whatever | dry | clean) "now"`, `(all | fully | completely | totally | long | well | since | entirely | properly | mostly | soon) (mended | healed | recovered | better | fixed | cured | sorted | resolved | cleared | settled | subsided)`, `(mended | healed | cleared | resolved | subsided | faded | eased | settled | disappeared | vanished | recovered) (off | away | completely | fully | entirely | on its own | by itself | within | after a | after treatment | in a | since | quickly | up)`,
			`(has | have | hasnt | its | it | theyve | and) "stayed" (away | gone | clear | quiet)`, `(strong | working | solid | brilliant | golden | running | dancing) (since | ever since)`, `"gone by" (the | next | easter | christmas | monday | tuesday | wednesday | thursday | friday | saturday | sunday | morning)`, `"gone the next"`, `"gone in a"`, `"gone after"`, `"treated gone"`, `"came and went"`, `"cleared by"`,
			`(it | that | they | this | those | them) (dont | doesnt | didnt | hasnt | havent | no longer | wont | has not | have not) ... (any more | anymore | any longer | since | again | bother me | trouble me)`, `"in the past"`, `(feeling | strength | power | sensation | control | bladder | everything | legs | movement) (came | come | has come | is | returned | has returned) "back"`, `(feeling | strength | power | sensation | control) returned`, `(i | he | she) can (feel | walk | run | dance | pee | stand | move) ... "again"`, `(walk | walks | walking | walked | run | runs | running | ran | dance | dances | dancing | cycle | ski | climb) "again"`, `(now | today | these days | at 20-90) (i | he | she) (run | ran | walk | walked | dance | ski | cycle | climb | lift | runs | walks | dances | skis | cycles | climbs)`,
			`"long gone"`, `"long over"`, `"long past"`, `"long healed"`, `(long | all | well | far | now | its | thats) "behind" (me | us | him | her | them)`, `"went away"`, `"gone away"`, `"cleared up"`, `"passed now"`, `"over and done"`, `(completely | well | totally) "over"`, `(its | thats | is | was | it was | now) "all over"`, `"all over now"`, `"came back to life"`, `"done and dusted"`, `"distant memory"`, `"ancient history"`, `"old news"`,
			`"fully" (recovered | better | well | healed | over it | fit)`, `"is behind" (me | us | him | her)`, `"are behind" (me | us | him | her)`, `"completely" (better | recovered | healed | well)`, `"recovered"`, `"made a full recovery"`, `"full recovery"`, `"ruled out"`, `"resolved"`, `"healed"`, `"cured"`, `"sorted itself"`, `"back to" (normal | 5k | running | work | full strength | myself | himself | herself | full fitness | usual | sport)`, `"all clear"`, `"all good"`, `"all fine"`, `"all ok"`, `"alls well"`, `"all well"`, `"all is well"`, `"good as new"`, `"right as rain"`, `"well again"`, `"fit again"`, `"better again"`,
			`"gone since"`, `"gone since" (monday | tuesday | wednesday | thursday | friday | saturday | sunday | then)`, `"gone within"`, `"treated and done"`, `"never" (again | since)`, `"not since"`, `"sorted itself out"`, `"pain free"`, `"painfree"`, `"symptom free"`, `"no longer"`, `"not now"`, `"not anymore"`, `"not any more"`, `"doing" (great | well | fine)`, `"does just fine"`, `"got over it"`, `"got better"`, `"came back negative"`, `"turned out to be nothing"`, `"false alarm"`,
			`"was nothing"`, `"turned out" (fine | ok | okay | well | good | alright)`, `"thing of the past"`, `"havent had it since"`, `"hasnt happened since"`, `(fine | good | ok | okay | well | normal | dry | grand | great | perfect | clean | quiet | better | happy | rain | bone | 100) (since | ever since | from then | for (years | months | decades | ages) | for 1-60 (year | years | month | months | decades))`,
			`(no | not any | never any | without) (trouble | bother | problem | problems | issue | issues | bothers | recurrence | episodes | symptoms | drama | dramas | repeat | sign) (since | again | from then | after | of it)`, `(nothing | none | not once | never once) "since"`, `never (been | return | returned | recur | recurred | happen | happened) (back | again | since)`, `(hasnt | havent | not | didnt) (come | came | been | return | returned | happen | happened) (again | since | back since)`, `(hasnt | not) been back`, `never (returned | recurred)`, `(havent | hasnt | never | not) (had | felt | seen | needed) (it | one | any | them | that | anything) "since"`,
			`(sorted | fixed | cured | cleared | healed | solved | shifted) (it | that | them | me | him | her | everything)`, `no (problem | problems | trouble | bother | issue | issues) (now | these days | any more | anymore | nowadays)`, `(everything | it | all | they | both) (works | work | is working | are working | functions) (again | fine | now | normally | properly | perfectly)`, `(walks | runs | walk | run | moves | plays | stands) (fine | normally | well | perfectly) (now | today | again)`, `(is | are | was) "history"`, `(stopped | eased | faded | disappeared | vanished | lifted) (after | with | once | within | by itself | on its own)`, `"turned out to be" (nothing | flu | the flu | a virus | a cold | covid | a bug | harmless)`, `"did the trick"`, `"perfect order"`, `(havent | hasnt | not) had (a | one) (single | bad)`, `"not a single one since"`, `(took | taken) care of (it | that)`, `(dealt | dealing) with it`, `(got | was | were) (fixed | sorted | repaired | cured | cleared)`, `"doctor repair"`, `"everything came back"`, `"all came back"`,
			`"is fixed"`, `"fixed now"`, `"all sorted"`, `"in remission"`, `"under control now"`, `"came back" (fully | completely)`, `"stopped now"`, `"wore off"`, `"been well for"`, `1-60 (year | years) (clean | dry | sober | clear | all good | pain free)`, `"cleared me"`, `"discharged"`,
		},
		// The same, where nothing follows it: "it has gone", but not "it has gone numb".
		"went": {`"is gone"`, `"thats gone"`, `"has gone"`, `"have gone"`, `"its gone"`, `(all | completely | totally | well | long | since) "gone"`, `"gone completely"`, `"are gone"`, `"passed"`, `"sorted"`, `"mended"`, `"fixed"`, `"treated"`, `(it | that | this | which | all) "has stopped"`, `"it stopped"`, `"went in" 1990-2024`, `"finally went"`, `"never" (came | come | did come) "back"`, `(got | was | were) "treated"`, `"never again"`},
		// It is so now, whatever was.
		"present": {`(since | on | from | this | by) (monday | tuesday | wednesday | thursday | friday | saturday | sunday)`, `(day | days | hour | hours | week | minutes) "ago"`, `"now"`, `"today"`, `"tonight"`, `"this morning"`, `"this afternoon"`, `"this evening"`, `"currently"`, `"again"`, `"still"`, `"right now"`, `"yesterday"`, `"lately"`, `"recently"`, `"getting worse"`, `"at the moment"`, `"this week"`, `"since"`, `"last night"`, `"atm"`, `"rn"`},
		// It has come again, wherever that is said.
		"return": {`"back again"`, `"and again"`, `"now again"`, `"again now"`, `"again today"`, `"again since"`, `(is | its | are | theyre | came | come | comes | coming | has come | now) "back"`, `"returned"`, `"returning"`, `(started | starting | happening | begun | flared) (again | up again)`, `"once more"`, `"this time"`, `"same again"`, `(said | says) "yes"`, `(told | tell) (her | him | them) "yes"`, `"and yes"`, `"and i" (do | have | did | am)`, `"and today"`, `"getting worse"`},
		// Asked of everyone, or of what may come.
		"general": {
			`(what | whats | which) (is | are | counts | does | do)`, `"whats"`, `"what is"`, `"what are"`, `(is | are | can | does | do | could | will) ... (red flag | red flags | cause | affect | mean | count | usually | normally | common | happen | lead to | the same as | different)`,
			`(symptom | sign | symptoms | signs) "of"`, `"how common"`, `"how do you know"`, `"how would you know"`, `"how can you tell"`, `"is it true"`, `"at what" temperature`, `"when should"`, `"when do you"`, `"difference between"`, `"explain"`, `"meaning of"`, `"define"`, `"what does"`, `"what do you"`,
			`"asking for the wiki"`, `"the article"`, `"the leaflet"`, `"the guide"`, `"the page"`, `"the list"`, `"i read"`, `"i heard"`, `"ive read"`, `"ive heard"`, `"saw a"`, `"read about"`, `"saying that"`, `"says that"`, `"can you get"`, `(do | does | can | could | will | would | might | should) (people | everyone | everybody | anyone | anybody | someone | somebody | most people | all people | most)`, `"does anyone know"`,
			`"someone who"`, `"people who"`, `"people with"`, `"anyone who"`, `"if someone"`, `"if somebody"`, `"how does"`, `"why does"`, `"how is"`,
			`"why do" (they | doctors | you | people | gps | nurses) ... (ask | say | want | check | care | keep)`, `"why is"`, `(red flags | things | symptoms | signs | problems) (like | such as)`, `"where can i" (read | find | learn)`, `"my pamphlet"`, `(asks | ask | asking) (about | if | whether)`, `"what happens if"`, `"what counts as"`, `"supposed to mean"`,
		},
		"supposed": {
			`"what if"`, `"in case"`, `"if i ever"`, `"risk of"`, `"to avoid"`, `"to prevent"`, `"avoid"`, `"prevent"`, `"scared of"`, `"afraid of"`, `"fear of"`, `"terrified of"`, `"would it"`, `"will it"`, `"could it"`, `"if i get"`, `"if i got"`,
			`"if i had"`, `"if i develop"`, `"if i start"`, `"should i get"`, `"look out for"`, `"watch for"`, `"watch out for"`, `"watching for"`, `"told to look"`, `"chance of"`, `"worried about getting"`, `"until i get"`, `"unless i"`, `"as long as i"`, `"before i"`, `(ask | asks | asked | asking) (if | whether) (i | id | ive | he | she | we | there)`,
		},
	}
}
