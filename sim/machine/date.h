// machine: time values (ECMA-262 21.4.1) without a machine: fields, texts and parsing. The time zone is UTC.
#ifndef SIX_MACHINE_DATE_H
#define SIX_MACHINE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct six_date_fields {
  int64_t year;
  int month, day;  // 0..11, 1..31
  int hour, minute, second, millisecond;
  int weekday;  // 0 is Sunday
};

// The fields of a finite time value.
struct six_date_fields six_date_fields(double t);
double six_make_time(double hour, double minute, double second, double millisecond);
double six_make_day(double year, double month, double day);
double six_make_date(double day, double time);
double six_time_clip(double t);

// Date.parse as V8 reads it: ISO 8601 and its legacy formats. NaN when it cannot. `units` is the text's UTF-16.
double six_date_parse(const uint16_t *units, size_t length);

// Texts of a finite time value; the buffer needs 80 bytes.
enum six_date_text { SIX_DATE_ISO, SIX_DATE_FULL, SIX_DATE_DATE, SIX_DATE_TIME, SIX_DATE_UTC };
void six_date_text(double t, enum six_date_text kind, char *out);

#endif
