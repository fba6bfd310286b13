console.log(typeof Promise.allSettled, typeof Promise.any, typeof [].at, typeof Object.groupBy);
