package dev.quayside.engine.demo;

/**
 * Scripts a load as a calm floor with bursts: {@code floor + burst} at the top of each period, the
 * floor between.
 *
 * @param floor the value at rest
 * @param burst what a burst adds at its top
 * @param periodSeconds from burst to burst
 * @param shiftSeconds moves the bursts, so that services do not beat in step
 * @param sharpness 1 for gentle waves, higher for shorter bursts
 */
record DemoCurve(
    double floor, double burst, double periodSeconds, double shiftSeconds, int sharpness) {

  /** Returns a curve that never moves. */
  static DemoCurve flat(double value) {
    return new DemoCurve(value, 0, 60, 0, 1);
  }

  /** Returns the value at {@code second}, counted from any fixed origin. */
  double at(double second) {
    if (burst == 0) {
      return floor;
    }
    double wave = 0.5 + 0.5 * Math.sin(2 * Math.PI * (second + shiftSeconds) / periodSeconds);
    double ripple = 1 + 0.06 * Math.sin(second * 1.7 + shiftSeconds);
    return floor + burst * Math.pow(wave, sharpness) * ripple;
  }

  /** Returns the same curve with floor and burst multiplied. */
  DemoCurve times(double factor) {
    return new DemoCurve(floor * factor, burst * factor, periodSeconds, shiftSeconds, sharpness);
  }
}
