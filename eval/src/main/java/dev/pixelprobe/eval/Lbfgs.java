package dev.pixelprobe.eval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS for smooth convex functions: Nocedal and Wright, Numerical Optimization,
 * algorithms 7.4 and 7.5, started from the objective's own approximate inverse Hessian.
 */
final class Lbfgs {
  private static final int MEMORY = 10;

  /** What is minimised. */
  interface Objective {
    /** The value at {@code x}; writes its gradient to {@code gradient}. */
    double evaluate(double[] x, double[] gradient);

    /** Multiplies {@code direction}, in place, by an approximate inverse Hessian. */
    void precondition(double[] direction);
  }

  /** A point with the objective's value and gradient there. */
  static final class Point {
    final double[] x;
    final double[] gradient;
    final double value;

    Point(Objective objective, double[] x) {
      this.x = x;
      gradient = new double[x.length];
      value = objective.evaluate(x, gradient);
    }
  }

  /** Where the search ended and whether the gradient test held there. */
  static final class Minimum {
    final double[] x;
    final double value;
    final int iterations;
    final boolean converged;

    Minimum(Point point, int iterations, boolean converged) {
      x = point.x;
      value = point.value;
      this.iterations = iterations;
      this.converged = converged;
    }
  }

  /** One step s and the change y of the gradient along it. */
  private static final class Update {
    final double[] s;
    final double[] y;
    final double sy;

    Update(Point from, Point to) {
      s = difference(to.x, from.x);
      y = difference(to.gradient, from.gradient);
      sy = dot(s, y);
    }
  }

  private final Objective objective;
  private final Deque<Update> updates = new ArrayDeque<>(); // newest first
  private double scale = 1;

  private Lbfgs(Objective objective) {
    this.objective = objective;
  }

  /**
   * Searches until the decrease that the preconditioned gradient promises, gᵀ H g / 2, is at most
   * {@code tolerance} times the value.
   */
  static Minimum minimize(
      Objective objective, double[] start, double tolerance, int maxIterations) {
    Lbfgs search = new Lbfgs(objective);
    Point point = new Point(objective, start);
    for (int iteration = 0; ; iteration++) {
      boolean converged =
          search.promisedDecrease(point.gradient) <= tolerance * Math.abs(point.value);
      if (converged || iteration == maxIterations) {
        return new Minimum(point, iteration, converged);
      }
      @Nullable Point next = WolfeSearch.along(search.direction(point.gradient), point, objective);
      if (next == null) {
        return new Minimum(point, iteration, false);
      }
      search.remember(new Update(point, next));
      point = next;
    }
  }

  private double promisedDecrease(double[] gradient) {
    double[] step = gradient.clone();
    objective.precondition(step);
    return dot(gradient, step) / 2;
  }

  private void remember(Update update) {
    updates.addFirst(update);
    if (updates.size() > MEMORY) {
      updates.removeLast();
    }
    scale = update.sy / (2 * promisedDecrease(update.y));
  }

  /** -H g by the two-loop recursion. */
  private double[] direction(double[] gradient) {
    double[] d = gradient.clone();
    double[] alpha = new double[updates.size()];
    int i = 0;
    for (Update u : updates) {
      alpha[i] = dot(u.s, d) / u.sy;
      addScaled(-alpha[i], u.y, d);
      i++;
    }
    objective.precondition(d);
    for (int j = 0; j < d.length; j++) {
      d[j] *= scale;
    }
    for (Iterator<Update> oldestFirst = updates.descendingIterator(); oldestFirst.hasNext(); ) {
      Update u = oldestFirst.next();
      i--;
      addScaled(alpha[i] - dot(u.y, d) / u.sy, u.s, d);
    }
    for (int j = 0; j < d.length; j++) {
      d[j] = -d[j];
    }
    return d;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** b = b + a * x. */
  static void addScaled(double a, double[] x, double[] b) {
    for (int j = 0; j < b.length; j++) {
      b[j] += a * x[j];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    addScaled(-1, b, difference);
    return difference;
  }
}
