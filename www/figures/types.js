/**
 * What each figure is given and what it says back. Types only: this file holds no code.
 *
 * Every figure is a custom element `lt-<name>` with a `data` property (a plain object, or `null` while there is none: the figure
 * then shows its empty frame at its reserved size). Assigning a new object redraws, once, in the next frame; mutating the old one
 * does not. Typed arrays are read, never written, and may be shared between figures. All events bubble and are composed.
 *
 * Weights are row-major (inputs × outputs), as the engine gives them. Layers count from 0. A mask is always written as
 * (age, round): connection i of the concatenated `age` bytes is alive in `round` when `age[i] >= round`.
 */

/** @typedef {'dense'|'ticket'|'reinit'|'reinit-survivors'|'sign'|'noise'|'shuffle'|'random'|'fine-tune'|'lr-rewind'|'one-shot'|'continued'|'late'|(string & {})} ArmName */

/**
 * The attributes and properties that all figures share.
 * @typedef {object} FigureCommon
 * @property {string} lang       language of the figure's words; when unset, that of the nearest ancestor with `lang`
 * @property {string} heading    a title above the picture; the figure's own when unset, none when ''
 * @property {string} note       a sentence after the figure's own caption (also as slot="note")
 * @property {boolean} compact   no title, menu, data table (for small multiples and embeds)
 */

/**
 * One round of one arm of one seed: the engine's RoundResult in camelCase. Fields that are not known may be left out.
 * @typedef {object} RoundResult
 * @property {number} seed
 * @property {ArmName} arm
 * @property {number} round
 * @property {number} remaining                 percent of the weights that are left
 * @property {number[]} [survivors]             connections left, per layer
 * @property {number[]} [dead]                  hidden units on no path from a pixel to a digit, per hidden layer
 * @property {number} [effective]               connections that lie on a path from a pixel to a digit
 * @property {number} [earlyStopStep]           step of the lowest validation loss
 * @property {boolean} [censored]               true when that minimum lies at the last evaluation: training was cut short of it
 * @property {number} [valLoss]
 * @property {number} [valAccuracy]             percent, as all accuracies
 * @property {number} [testAccuracyEarlyStop]
 * @property {number} [testAccuracyFinal]
 * @property {number} [trainAccuracy]
 * @property {number} [untrainedAccuracy]
 * @property {number[]} [movedSurvivors]        mean |θ_T − θ₀| per layer (a single number is taken for all)
 * @property {number[]} [movedPruned]
 * @property {string} [fingerprint]             sixteen hexadecimal digits
 * @property {string} [startFingerprint]
 * @property {CurvePoint[]} [curve]
 */

/**
 * @typedef {object} CurvePoint
 * @property {number} step
 * @property {number} [trainLoss]
 * @property {number} [valLoss]
 * @property {number} [valAccuracy]   percent
 */

/**
 * `<lt-connections>`: every surviving connection.
 * Events: `lt-hover-unit` and `lt-select-unit` with {@link UnitDetail} (layer 0 = pixels, 1 and 2 = hidden, 3 = digits; unit −1 = none).
 * Methods: `fade(from, to, ms)` runs the cut from one value to another; `rewind(ms)` moves the weights from `weights` to `start`;
 * both resolve when done and jump-cut under reduced motion.
 * @typedef {object} ConnectionsData
 * @property {number[]} sizes                       [784, 300, 100, 10]
 * @property {Uint8Array | null} age                all layers concatenated; null: nothing pruned yet
 * @property {number} round                         connections with age >= round are drawn
 * @property {(Float32Array | null)[] | null} [weights]  per layer; sign gives colour, size opacity. null: drawn in one neutral colour
 * @property {Float32Array[] | null} [start]        θ₀ per layer: what a rewind goes back to
 * @property {Float32Array | null} [placement]      hidden units of all hidden layers concatenated: position 0…1 in their column; index order when absent
 * @property {number | number[] | null} [cut]       |θ| below it is about to go (one for all or per layer): drawn faded
 * @property {number} [total]                       connections there really are in this round, when `age` knows only some of them
 * @property {UnitDetail | null} [selected]         a unit pinned from outside
 * @property {ArmName} [arm]                        for the caption
 * @property {string} [which]                       'initial' | 'current' | 'trained': for the caption
 */

/**
 * @typedef {object} UnitDetail
 * @property {number} layer
 * @property {number} unit
 */

/**
 * `<lt-ladder>`: accuracy and early-stop step against remaining weights. Bands are min to max over the seeds found in `results`.
 * Round 0 (dense) is shared: arms without a round 0 of their own start from that of arm 'dense' or 'ticket' of the same seed.
 * Event: `lt-select` with {@link RoundDetail} when a point is chosen; `lt-measure` {measure} when the reader switches the y axis.
 * @typedef {object} LadderData
 * @property {RoundResult[]} results
 * @property {number | null} [round]                the chosen round, marked
 * @property {ArmName[]} [arms]                     which arms, in drawing order; all found when absent
 * @property {number} [steps]                       steps a round: top of the early-stop axis
 * @property {'accuracy' | 'final' | 'step'} [measure]   test accuracy at early stop, at the end, or the early-stop step
 * @property {boolean} [recorded]                   the results are a recorded run: drawn paler
 */

/**
 * @typedef {object} RoundDetail
 * @property {number} round
 * @property {ArmName} [arm]
 * @property {number} [seed]
 */

/**
 * `<lt-race>`: arms in lock-step. Event: `lt-measure` {measure}.
 * @typedef {object} RaceData
 * @property {RaceCurve[]} curves
 * @property {number} steps                         length of the x axis
 * @property {'valAccuracy' | 'valLoss' | 'trainLoss'} [measure]
 * @property {number | null} [round]                for the caption
 * @property {number} [remaining]                   percent, for the caption
 *
 * @typedef {object} RaceCurve
 * @property {ArmName} arm
 * @property {number} [seed]
 * @property {CurvePoint[]} points
 * @property {number | null} [earlyStopStep]        marked on the curve when given
 */

/**
 * `<lt-weights>`: how large the weights are, and a cut. The cut moves over the edges of the bins, so that the counts are exact.
 * Events: `lt-cut` {@link CutDetail} while moving, `lt-cut-commit` the same when "Prune" is pressed, `lt-undo` (no detail),
 * `lt-layer` {layer} when another layer is chosen.
 * @typedef {object} WeightsData
 * @property {Histogram[]} layers                   one or more, e.g. all weights (layer −1) and each layer; the figure lets the reader choose
 * @property {number} [layer]                       which of them is shown
 * @property {boolean} [canCut]                     offers the cut (default true)
 * @property {boolean} [canUndo]
 * @property {string} [which]                       'trained' | 'initial' | 'current', for the caption
 *
 * @typedef {object} Histogram
 * @property {number} layer                         −1: all
 * @property {ArrayLike<number>} edges              bins + 1 values of |θ|, ascending from 0
 * @property {ArrayLike<number>} kept               connections that are there (and may be cut), per bin
 * @property {ArrayLike<number>} pruned             connections that this round removed, per bin; none of them is among `kept`
 * @property {number | null} [cut]                  the size below which as many lie as the rule of this run takes: where the figure's cut begins
 * @property {number | null} [goes]                 how many that are, if it is known; those in `pruned` among them
 *
 * @typedef {object} CutDetail
 * @property {number} cut
 * @property {number} layer
 * @property {number} count                         connections that would go
 */

/**
 * `<lt-scatter>`: where weights started and where they ended.
 * Event: `lt-layer` {layer}.
 * @typedef {object} ScatterData
 * @property {ScatterLayer[]} layers
 * @property {number} [layer]
 * @property {number} [until]                       survivors are the weights that this round keeps
 *
 * @typedef {object} ScatterLayer
 * @property {number} layer
 * @property {Float32Array} points                  triples θ₀, θ_T, kept (1 or 0)
 * @property {number} total                         how many weights, all alive in the round, the sample was taken from
 */

/**
 * `<lt-movement>`: how far training moved what survived and what was pruned.
 * @typedef {object} MovementData
 * @property {MovementLayer[]} layers
 * @property {number} [until]                       survivors are the weights that this round keeps
 *
 * @typedef {object} MovementLayer
 * @property {number} layer
 * @property {ArrayLike<number>} edges              bins + 1 values of |θ_T − θ₀|, ascending from 0
 * @property {ArrayLike<number>} survivors          counts per bin
 * @property {ArrayLike<number>} pruned             counts per bin
 * @property {number} meanSurvivors
 * @property {number} meanPruned
 */

/**
 * `<lt-units>`: receptive fields as an atlas.
 * Events: `lt-select-unit` {@link UnitDetail} (layer 1 or 2: hidden layers, as in lt-connections), `lt-view` {view}.
 * @typedef {object} UnitsData
 * @property {UnitsLayer[]} layers                  first and, if wanted, second hidden layer
 * @property {number} [layer]                       index into `layers`
 * @property {'mask' | 'initial' | 'trained' | 'movement' | 'age'} [view]
 * @property {number} round                         the round shown: alive when age >= round
 * @property {number} rounds                        the last round there is: the top of the age scale
 * @property {UnitDetail | null} [selected]
 *
 * @typedef {object} UnitsLayer
 * @property {number} inputs                        784 or 300
 * @property {number} outputs                       300 or 100
 * @property {Uint8Array | null} age                of this layer (inputs × outputs)
 * @property {Float32Array | null} [initial]
 * @property {Float32Array | null} [trained]
 * @property {ArrayLike<number> | null} [dead]      per unit of this layer: on no path from a pixel to a digit; those with no way in when absent
 * @property {Uint32Array | ArrayLike<number> | null} [outDegree]
 */

/**
 * `<lt-pixels>`: how many connections leave each pixel.
 * @typedef {object} PixelsData
 * @property {ArrayLike<number>} fanOut             784 counts
 * @property {number} outputs                       the most there can be (300)
 * @property {ArrayLike<number> | null} [mean]      784, 0…1: the mean image of the training set
 */

/**
 * `<lt-digit>`: an image and what the networks say.
 * Events: `lt-digit` {pixels: Uint8Array(784)} when the image was drawn or changed (centred as MNIST is), at most one a frame;
 * `lt-pick` {set: 'test', index} when a test image is asked for: answer by setting `pixels`, `label`, `index`.
 * @typedef {object} DigitData
 * @property {Answer[]} answers                     dense, ticket, control
 * @property {Uint8Array | null} [pixels]           the image shown when it came from outside
 * @property {number | null} [label]                what it is, when known
 * @property {number | null} [index]                its number in the test set
 * @property {number} [count]                       size of the test set; 0 or absent: only drawing
 * @property {ActivePath | null} [path]             the way the signal took in the ticket
 * @property {number[]} [sizes]                     of the network the path belongs to; [784, 300, 100, 10] when absent
 *
 * @typedef {object} Answer
 * @property {ArmName} arm
 * @property {ArrayLike<number> | null} probabilities  ten; null while computing
 * @property {number} [remaining]                   percent
 *
 * @typedef {object} ActivePath
 * @property {PathEdge[]} edges                     strongest first
 * @property {ArmName} [arm]                        whose: the ticket's when absent
 * @property {number} total                         connections that carried any signal
 *
 * @typedef {object} PathEdge
 * @property {number} layer                         0: pixel to first hidden …
 * @property {number} from
 * @property {number} to
 * @property {number} value                         activation × weight
 */

/**
 * `<lt-rounds>`: the table behind it all. Event: `lt-select` {@link RoundDetail}.
 * @typedef {object} RoundsData
 * @property {RoundResult[]} results
 * @property {number | null} [round]
 * @property {string} [address]                     a link to this run, put above the copied table
 */

export {};
