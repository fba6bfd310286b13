#include "sim/machine/date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MS_PER_DAY 86400000.0

// ---- Fields

static int64_t days_from_civil(int64_t year, int month, int day) {  // month 1..12
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct six_date_fields six_date_fields(double t) {
  double day_number = floor(t / MS_PER_DAY);
  int64_t days = (int64_t)day_number, ms = (int64_t)(t - day_number * MS_PER_DAY);
  int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, day_of_era = z - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100), shifted = (5 * day_of_year + 2) / 153;
  int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
  int64_t weekday = (days + 4) % 7;
  return (struct six_date_fields){
      .year = year_of_era + era * 400 + (month <= 2),
      .month = month - 1,
      .day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1),
      .hour = (int)(ms / 3600000),
      .minute = (int)(ms / 60000 % 60),
      .second = (int)(ms / 1000 % 60),
      .millisecond = (int)(ms % 1000),
      .weekday = (int)(weekday < 0 ? weekday + 7 : weekday),
  };
}

double six_make_time(double hour, double minute, double second, double millisecond) {
  if (!isfinite(hour) || !isfinite(minute) || !isfinite(second) || !isfinite(millisecond)) return NAN;
  return trunc(hour) * 3600000.0 + trunc(minute) * 60000.0 + trunc(second) * 1000.0 + trunc(millisecond);
}

double six_make_day(double year, double month, double day) {
  if (!isfinite(year) || !isfinite(month) || !isfinite(day)) return NAN;
  double y = trunc(year), m = trunc(month), whole = y + floor(m / 12);
  if (fabs(whole) > 400000) return NAN;
  int month_number = (int)(m - floor(m / 12) * 12);
  return (double)days_from_civil((int64_t)whole, month_number + 1, 1) + trunc(day) - 1;
}

double six_make_date(double day, double time) {
  if (!isfinite(day) || !isfinite(time)) return NAN;
  double t = day * MS_PER_DAY + time;
  return isfinite(t) ? t : NAN;
}

double six_time_clip(double t) {
  if (!isfinite(t) || fabs(t) > 8.64e15) return NAN;
  return trunc(t) + 0.0;
}

// ---- Texts

static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void six_date_text(double t, enum six_date_text kind, char *out) {
  struct six_date_fields f = six_date_fields(t);
  char year[24];
  const char *weekday = weekdays[f.weekday], *month = months[f.month];
  snprintf(year, sizeof year, f.year < 0 ? "-%04lld" : "%04lld", (long long)(f.year < 0 ? -f.year : f.year));
  switch (kind) {
    case SIX_DATE_ISO:
      if (f.year < 0 || f.year > 9999)
        snprintf(year, sizeof year, "%c%06lld", f.year < 0 ? '-' : '+', (long long)(f.year < 0 ? -f.year : f.year));
      snprintf(out, 80, "%s-%02d-%02dT%02d:%02d:%02d.%03dZ", year, f.month + 1, f.day, f.hour, f.minute, f.second, f.millisecond);
      break;
    case SIX_DATE_FULL:
      snprintf(out, 80, "%s %s %02d %s %02d:%02d:%02d GMT+0000 (Coordinated Universal Time)", weekday, month, f.day, year, f.hour, f.minute,
               f.second);
      break;
    case SIX_DATE_DATE: snprintf(out, 80, "%s %s %02d %s", weekday, month, f.day, year); break;
    case SIX_DATE_TIME: snprintf(out, 80, "%02d:%02d:%02d GMT+0000 (Coordinated Universal Time)", f.hour, f.minute, f.second); break;
    case SIX_DATE_UTC:
      snprintf(out, 80, "%s, %02d %s %s %02d:%02d:%02d GMT", weekday, f.day, month, year, f.hour, f.minute, f.second);
      break;
  }
}
