package dev.pixelprobe.eval;

import java.util.Comparator;

/**
 * A value of C and how its fit did on rows that it had not seen.
 *
 * @param score the higher its accuracy the better, then the lower its nll
 */
record CandidateC(double c, Score score) {
  /** Of two that do equally well the smaller C is the better. */
  static final Comparator<CandidateC> BETTER =
      Comparator.<CandidateC>comparingDouble(k -> k.score.accuracy())
          .thenComparing(Comparator.<CandidateC>comparingDouble(k -> k.score.nll()).reversed())
          .thenComparing(Comparator.comparingDouble(CandidateC::c).reversed());
}
