package dev.pixelprobe.eval;

/**
 * The objective of multinomial logistic regression, C Σ -ln p(label | z) + |w|²/2, with p the
 * softmax of theta z. theta is classes x width; its last column, the intercepts, is not in |w|².
 *
 * <p>Preconditioned by the Hessian as it would be if how sure the classifier is of a row did not
 * depend on where the row lies: C A ⊗ diag(scatter) + I with A the mean of diag(p) - p pᵀ. Böhning
 * (1992) bounds A; here it is measured at the starting point.
 *
 * <p>Owns native memory and is for one thread at a time.
 */
final class SoftmaxObjective implements Lbfgs.Objective, AutoCloseable {
  /** An eigenvalue of A below this belongs to a direction that changes no probability. */
  private static final double NO_CURVATURE = 1e-9;

  private final PrincipalAxes axes;
  private final LabelledSet train;
  private final double c;
  private final int classes;
  private final NativeMatrix theta; // classes x width
  private final NativeMatrix image; // classes x width
  private final NativeMatrix scores; // rows of a block x classes
  private final NativeMatrix classBasis; // classes x classes
  private final double[] p;
  private final double[] inverseCurvature; // classes x width, in the class basis

  private SoftmaxObjective(PrincipalAxes axes, LabelledSet train, double c) {
    this.axes = axes;
    this.train = train;
    this.c = c;
    classes = train.classes();
    theta = NativeMatrix.zeros(classes, axes.width());
    image = NativeMatrix.zeros(classes, axes.width());
    scores = NativeMatrix.zeros(PrincipalAxes.BLOCK_ROWS, classes);
    classBasis = NativeMatrix.zeros(classes, classes);
    p = new double[PrincipalAxes.BLOCK_ROWS * classes];
    inverseCurvature = new double[classes * axes.width()];
  }

  /** The objective, preconditioned for a search from {@code start}. */
  static SoftmaxObjective at(double[] start, PrincipalAxes axes, LabelledSet train, double c) {
    SoftmaxObjective objective = new SoftmaxObjective(axes, train, c);
    objective.measureCurvature(start);
    return objective;
  }

  @Override
  public double evaluate(double[] point, double[] gradient) {
    theta.set(point);
    image.clear();
    double loss = 0;
    for (int start = 0; start < axes.rows(); start += PrincipalAxes.BLOCK_ROWS) {
      NativeMatrix z = axes.block(start);
      loss += probabilities(z, start);
      for (int i = 0; i < z.rows(); i++) {
        p[i * classes + train.label(start + i)] -= 1;
      }
      NativeMatrix residuals = scores.rows(0, z.rows());
      residuals.set(p);
      NativeMatrix.addTransposedProduct(c, residuals, z, image);
    }
    image.get(gradient);
    return c * loss + addPenalty(point, gradient);
  }

  /** Leaves p(k | z) of every row of the block in {@code p} and returns Σ -ln p(label | z). */
  private double probabilities(NativeMatrix z, int start) {
    NativeMatrix block = scores.rows(0, z.rows());
    NativeMatrix.multiplyTransposed(z, theta, block);
    block.get(p);
    double loss = 0;
    for (int i = 0; i < z.rows(); i++) {
      double score = p[i * classes + train.label(start + i)];
      loss += Softmax.normalize(p, i * classes, classes) - score;
    }
    return loss;
  }

  private double addPenalty(double[] point, double[] gradient) {
    int intercept = axes.width() - 1;
    double squares = 0;
    for (int k = 0; k < classes; k++) {
      for (int j = 0, at = k * axes.width(); j < intercept; j++, at++) {
        gradient[at] += point[at];
        squares += point[at] * point[at];
      }
    }
    return squares / 2;
  }

  private void measureCurvature(double[] point) {
    double[] curvature = new double[classes * classes];
    theta.set(point);
    for (int start = 0; start < axes.rows(); start += PrincipalAxes.BLOCK_ROWS) {
      NativeMatrix z = axes.block(start);
      probabilities(z, start);
      for (int i = 0; i < z.rows(); i++) {
        addClassCovariance(i * classes, curvature);
      }
    }
    classBasis.set(curvature);
    double[] eigenvalues = classBasis.toEigenvectors();
    for (int e = 0, at = 0; e < classes; e++) {
      double mean = Math.max(0, eigenvalues[e] / axes.rows());
      for (int j = 0; j < axes.width(); j++, at++) {
        double penalty = j < axes.width() - 1 ? 1 : 0;
        boolean flat = penalty == 0 && mean < NO_CURVATURE;
        inverseCurvature[at] = flat ? 0 : 1 / (c * mean * axes.scatter(j) + penalty);
      }
    }
  }

  /** Adds diag(p) - p pᵀ of one row. */
  private void addClassCovariance(int offset, double[] sum) {
    for (int k = 0; k < classes; k++) {
      double pk = p[offset + k];
      sum[k * classes + k] += pk;
      for (int l = 0; l < classes; l++) {
        sum[k * classes + l] -= pk * p[offset + l];
      }
    }
  }

  @Override
  public void precondition(double[] direction) {
    theta.set(direction);
    NativeMatrix.multiply(classBasis, theta, image);
    image.get(direction);
    for (int j = 0; j < direction.length; j++) {
      direction[j] *= inverseCurvature[j];
    }
    theta.set(direction);
    image.clear();
    NativeMatrix.addTransposedProduct(1, classBasis, theta, image);
    image.get(direction);
  }

  @Override
  public void close() {
    theta.close();
    image.close();
    scores.close();
    classBasis.close();
  }
}
