package dev.laurel.warming.forecast;

/** Finds the hour of the day at which least is read. */
public final class QuietHour {
    /** While nothing is known. */
    public static final int USUAL = 3;

    /** Hours before and after that count, too: a quiet hour between two busy ones is none. */
    private static final int AROUND = 2;

    private QuietHour() {}

    /** @param byHour how much is wanted at each of the 168 hours of the week */
    public static int of(double[] byHour) {
        double[] ofDay = new double[HourOfWeek.HOURS_A_DAY];
        double all = 0;
        for (int hour = 0; hour < byHour.length; hour++) {
            ofDay[hour % HourOfWeek.HOURS_A_DAY] += byHour[hour];
            all += byHour[hour];
        }
        int quietest = USUAL;
        if (all > 0) {
            for (int later = 1; later < HourOfWeek.HOURS_A_DAY; later++) {
                int hour = (USUAL + later) % HourOfWeek.HOURS_A_DAY;
                if (around(ofDay, hour) < around(ofDay, quietest)) {
                    quietest = hour;
                }
            }
        }
        return quietest;
    }

    private static double around(double[] ofDay, int hour) {
        double sum = 0;
        for (int i = -AROUND; i <= AROUND; i++) {
            double weight = AROUND + 1 - Math.abs(i);
            sum += weight * ofDay[Math.floorMod(hour + i, HourOfWeek.HOURS_A_DAY)];
        }
        return sum;
    }
}
